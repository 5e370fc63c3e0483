"""The one line that says what a figure is: on screen, in files and in print."""

from collections.abc import Mapping

#: What a figure is, in this order wherever it stands.
PARTS = ("job", "pay basis", "place", "date", "status", "interval")


def context_text(about: Mapping[str, str]) -> str:
    """``Senior · P4 · base pay · Colorado · July 2027 · modelled · $120k–$140k``."""
    return " · ".join(about[part] for part in PARTS if about.get(part))
