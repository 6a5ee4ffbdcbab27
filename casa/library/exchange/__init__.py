"""Signed bundles between installations: key, manifest, ZIP. Nothing here asks who may."""
