"""The team's own people against their ranges, and the demo company."""
