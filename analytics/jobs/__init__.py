"""Jobs: their titles, codes, distances and reviews."""
