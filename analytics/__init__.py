"""Pure computing: numbers and frames in, numbers and frames out."""
