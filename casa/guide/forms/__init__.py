"""What one may ask of the guide."""
