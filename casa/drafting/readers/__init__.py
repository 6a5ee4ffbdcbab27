"""One module for each format: `read(path, *, limits)` gives a Content."""
