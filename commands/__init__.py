"""One group of commands a file; `cli.py` puts them together."""
