"""The verbs of the registry: each one transaction and one line in the trail."""
