"""Pricing a job from several sources."""
