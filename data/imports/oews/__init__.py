"""BLS OEWS releases."""
