"""Job titles, profile codes, distances between jobs, and reviews."""
