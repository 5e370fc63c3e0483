"""A backup of the store as one file that proves itself, and the way back."""

import json
import os
import shutil
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analytics.errors import InputError, StoreError
from data.store.connection import open_to_read, open_to_write
from data.store.digest import sha256

_STORE, _MANIFEST = "bandstand.duckdb", "manifest.json"
_BLOCK = 1 << 20


def backup(store: Path, file: Path) -> dict[str, Any]:
    """Write the store to ``file`` with its SHA-256; returns what the manifest says.

    Nothing is left behind when it fails. Raises `InputError` for a file that is
    there already or can't be written, `StoreError` for a store held elsewhere.
    """
    if file.exists():
        raise InputError(f"{file}: is there already; name another file")
    con = open_to_write(store)
    try:
        con.execute("checkpoint")  # all of it in the one file, nothing in the log beside it
    finally:
        con.close()
    manifest = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("bandstand"),
        "sha256": sha256(store),
        "bytes": store.stat().st_size,
    }
    half = file.with_name(file.name + ".part")
    try:
        with (
            os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr(_MANIFEST, json.dumps(manifest))
            archive.write(store, _STORE)
        os.replace(half, file)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InputError(f"{file}: can't be written: {error.strerror}") from error
    return manifest


def restore(file: Path, store: Path) -> Path | None:
    """Put a backup in the store's place, once its checksum holds and it opens.

    The store that was there is kept beside it; returns where. Raises `InputError`
    for what is no backup or a damaged one: the store then stays as it was.
    """
    fresh = store.with_name(store.name + ".restoring")
    store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if archive.getinfo(_STORE).file_size != manifest["bytes"]:
                raise InputError(f"{file}: is damaged: its size is not what its manifest says")
            with archive.open(_STORE) as packed, _private(fresh) as out:
                shutil.copyfileobj(packed, out, _BLOCK)
        if sha256(fresh) != manifest["sha256"]:
            raise InputError(f"{file}: is damaged: its checksum does not hold")
        open_to_read(fresh).close()
        return _swap(fresh, store)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file}: is no backup that can be read: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)


def _swap(fresh: Path, store: Path) -> Path | None:
    before = store.with_name(store.name + ".before-restore")
    if not store.exists():
        os.replace(fresh, store)
        return None
    # Taking the writing lock proves that no other program reads what is replaced.
    open_to_write(store).close()
    if before.exists():
        raise StoreError(f"{before}: is there from an earlier restore; move it away first")
    os.replace(store, before)
    os.replace(fresh, store)
    return before


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
