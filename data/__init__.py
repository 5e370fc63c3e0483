"""What is stored: the seeds, the schema, the build, and reading it back."""
