"""How many examples a property is tried on."""

from hypothesis import HealthCheck, settings

#: Those of a property that says no number, in the suite.
USUAL = 50


def examples(count: int, *allowed: HealthCheck) -> settings:
    """``count`` in the suite; by the same ratio fewer in a quick run and more in `make fuzz`."""
    scaled = max(1, count * settings().max_examples // USUAL)
    return settings(max_examples=scaled, suppress_health_check=allowed)
