"""What a team brings: read, checked, loaded, withdrawn."""
