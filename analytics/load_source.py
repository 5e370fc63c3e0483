"""The source that the rows of a team's own load carry."""

#: What the source of every load begins with.
LOAD_SOURCE = "own-load-"


def load_source(load: int) -> str:
    """The source of a load: 7 → ``own-load-7``."""
    return f"{LOAD_SOURCE}{load}"
