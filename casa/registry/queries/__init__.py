"""Reads across the tables of the registry."""
