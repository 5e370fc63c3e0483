"""Pure computation: numbers and frames in, numbers and frames out. No files, no database."""
