"""Pay structures: what they are built from, their versions, and what makes one live."""
