"""A whole dossier as one ZIP, and back."""
