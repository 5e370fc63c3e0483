"""Read models for pages and commands."""
