"""Who may open a server, and what each of them is given."""
