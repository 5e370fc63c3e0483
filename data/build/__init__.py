"""From seeds to tables."""
