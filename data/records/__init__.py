"""The pay-record engine."""
