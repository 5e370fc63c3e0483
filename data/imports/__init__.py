"""A team's own data: read, checked, loaded, withdrawn."""
