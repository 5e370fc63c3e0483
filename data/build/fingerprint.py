"""A fingerprint of everything that determines the content of the seed tables."""

import hashlib
from pathlib import Path

from data.build.seed_files import SEEDS

_HERE = Path(__file__).parent


#: Code that determines what the build writes, besides the seeds themselves.
_CODE = (
    _HERE / "seed_tables.sql",
    _HERE / "load_seeds.sql",
    _HERE.parent / "store" / "team_tables.sql",
    _HERE / "build.py",
    _HERE.parent.parent / "analytics" / "ladder_model.py",
)


def fingerprint(seeds: Path = SEEDS) -> str:
    """SHA-256 of everything that determines the content of the seed tables."""
    digest = hashlib.sha256()
    for file in [*sorted(seeds.glob("*.csv")), *sorted(seeds.glob("*.toml")), *_CODE]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
