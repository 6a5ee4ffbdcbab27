"""The pages of notices: what I was told, what I follow, what my office owes."""
