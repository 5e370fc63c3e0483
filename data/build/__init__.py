"""Build the store's tables from the seeds."""
