"""Who may do what in the registry. Plain rules that never query, and `*_for` fetchers."""
