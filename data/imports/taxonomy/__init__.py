"""A team's own functions, ladders and job profiles."""
