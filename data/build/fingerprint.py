"""A fingerprint of everything that determines the content of the seed tables."""

from pathlib import Path

from data.build.seed_files import SEEDS
from data.store.digest import sha256

_HERE = Path(__file__).parent


#: Code that determines what the build writes, besides the seeds themselves.
_CODE = (
    _HERE / "seed_tables.sql",
    _HERE / "load_seeds.sql",
    _HERE.parent / "store" / "team_tables.sql",
    _HERE / "build.py",
    _HERE / "parquet_seeds.py",
    _HERE.parent / "imports" / "ladder_fits.py",
    _HERE.parent / "imports" / "ladder_models.py",
    _HERE.parent.parent / "analytics" / "ladder_assumptions.py",
    _HERE.parent.parent / "analytics" / "ladder_model.py",
)


def fingerprint(seeds: Path = SEEDS) -> str:
    """SHA-256 of everything that decides the seed tables' content."""
    written = [
        file
        for kind in ("csv", "parquet", "toml", "json")
        for file in sorted(seeds.glob(f"*.{kind}"))
    ]
    files = [*written, *_CODE]
    return sha256(
        b"".join(file.name.encode() + b"\0" + file.read_bytes() + b"\0" for file in files)
    )
