"""How many examples a property is tried on."""

from hypothesis import HealthCheck, settings

#: Those of a property that says no number; the suite takes half as many, always the same.
USUAL = 50


def examples(count: int, *allowed: HealthCheck) -> settings:
    """``count``; half of it in the suite, a fifth in a quick run, ten times it in `make fuzz`."""
    scaled = max(1, count * settings().max_examples // USUAL)
    return settings(max_examples=scaled, suppress_health_check=allowed)
