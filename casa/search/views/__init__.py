"""The pages of search: results, saved searches, feeds, what is missing."""
