"""What pages and commands read from the store: tables and sheets, ready to show."""
