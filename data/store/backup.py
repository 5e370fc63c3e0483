"""Back the store up to one file that carries its own checksum, and restore it."""

import json
import os
import shutil
import zipfile
import zlib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from analytics.errors import InputError, StoreError
from data.store.connection import open_to_read, open_to_write
from data.store.digest import sha256

_STORE, _MANIFEST = "bandstand.duckdb", "manifest.json"
_CHUNK = 1 << 20


def backup(store: Path, file: Path) -> dict[str, Any]:
    """Write the store to ``file`` with its SHA-256; returns the manifest.

    No partial file remains if it fails. Raises `InputError` for a file that
    already exists or can't be written, `StoreError` for a store that another
    program has open.
    """
    if file.exists():
        raise InputError(f"{file}: already exists; name another file")
    con = open_to_write(store)
    try:
        con.execute("checkpoint")  # moves what is in the log into the one file that is copied
    finally:
        con.close()
    manifest = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("bandstand"),
        "sha256": sha256(store),
        "bytes": store.stat().st_size,
    }
    partial = file.with_name(file.name + ".part")
    try:
        with (
            _open_private(partial) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr(_MANIFEST, json.dumps(manifest))
            archive.write(store, _STORE)
        os.replace(partial, file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(f"{file}: can't be written: {error.strerror}") from error
    return manifest


def restore(file: Path, store: Path) -> Path | None:
    """Replace the store with a backup, once its checksum matches and it opens.

    The previous store is kept beside it; returns its path. Raises `InputError`
    for a file that is not a backup or is damaged; the store then stays as it was.
    """
    restored = store.with_name(store.name + ".restoring")
    store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if archive.getinfo(_STORE).file_size != manifest["bytes"]:
                raise InputError(f"{file}: is damaged: its size does not match its manifest")
            with archive.open(_STORE) as packed, _open_private(restored) as out:
                shutil.copyfileobj(packed, out, _CHUNK)
        if sha256(restored) != manifest["sha256"]:
            raise InputError(f"{file}: is damaged: its checksum does not match")
        open_to_read(restored).close()
        return _swap(restored, store)
    except (OSError, KeyError, ValueError, EOFError, zlib.error, zipfile.BadZipFile,
            zipfile.LargeZipFile) as error:  # fmt: skip
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file}: is not a readable backup: {error}") from error
    finally:
        restored.unlink(missing_ok=True)


def _swap(restored: Path, store: Path) -> Path | None:
    previous = store.with_name(store.name + ".before-restore")
    if not store.exists():
        os.replace(restored, store)
        return None
    # Taking the write lock proves that no other program is reading the file to be replaced.
    open_to_write(store).close()
    if previous.exists():
        raise StoreError(f"{previous}: remains from an earlier restore; move it away first")
    os.replace(store, previous)
    os.replace(restored, store)
    return previous


def _open_private(path: Path) -> IO[bytes]:
    """A new file that only this user can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
