"""Our own starter texts: read from `data/starter`, published by the newsroom, kept up to date."""
