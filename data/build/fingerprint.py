"""A fingerprint of everything that decides what the seed tables hold."""

import hashlib
from pathlib import Path

from data.build.seed_files import SEEDS

_HERE = Path(__file__).parent


#: Code that decides what the build writes, beside the seeds themselves.
_CODE = (
    _HERE / "seed_tables.sql",
    _HERE / "load_seeds.sql",
    _HERE.parent / "store" / "team_tables.sql",
    _HERE / "build.py",
    _HERE / "ladder_fits.py",
    _HERE.parent.parent / "analytics" / "ladder_model.py",
)


def fingerprint(seeds: Path = SEEDS) -> str:
    """SHA-256 of everything that decides the seed tables' content."""
    digest = hashlib.sha256()
    written = [file for kind in ("csv", "toml", "json") for file in sorted(seeds.glob(f"*.{kind}"))]
    for file in [*written, *_CODE]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
