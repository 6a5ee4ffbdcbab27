"""Opening the house: everything between `casa up` and the first page, and each part's own start."""
