"""What pages read, read once: the only place that caches."""
