"""SHA-256, as it is logged and compared."""

import hashlib
from pathlib import Path


def sha256(content: Path | bytes) -> str:
    """The SHA-256 of a file or of bytes, in 64 hex digits."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
