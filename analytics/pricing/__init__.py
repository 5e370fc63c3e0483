"""Pricing a job: several sources, one date, one pay basis, one composite."""
