"""Back the store up to one file that carries its own checksum, and restore it."""

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from analytics.errors import InputError, StoreError
from data.store.connection import (
    free_name,
    log_path,
    open_to_read,
    open_to_write,
    raise_if_open,
    set_aside_logs,
)
from data.store.digest import sha256
from data.store.disk_errors import DISK_ERRORS, in_words
from data.store.load_ledger import ledger_path

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
    _empty_log(store)
    before = store.stat()
    partial = file.with_name(file.name + ".part")
    try:
        with (
            _open_private(partial) as out,
            # A store is compressed by itself: more takes five times as long for 6 percent.
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            manifest = {
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "version": version("bandstand"),
                "sha256": sha256(store),
                "bytes": before.st_size,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest))
            archive.write(store, _STORE)
        if (store.stat().st_mtime_ns, store.stat().st_size) != (before.st_mtime_ns, before.st_size):
            raise StoreError(f"{store}: changed while it was copied; make the backup again")
        os.replace(partial, file)
    except OSError as error:
        raise InputError(f"{file}: can't be written: {in_words(error)}") from error
    finally:
        _remove(partial)
    return manifest


def restore(file: Path, store: Path, prepare: Callable[[Path], None]) -> Path | None:
    """Replace the store with a backup, once its checksum matches and ``prepare`` accepts it.

    ``prepare`` is given the unpacked store, which no program has opened yet, and raises
    for one that is none of ours. The previous store is kept, with what stands beside it,
    also if it can't be opened; returns its path. Raises `InputError` for a file that is
    not a backup or is damaged; the store then stays as it was.
    """
    restored = store.with_name(store.name + ".restoring")
    for left in (restored, *beside(restored)):  # by a restore that was killed
        _remove(left)
    try:
        store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _unpack(file, restored)
        prepare(restored)
        return _swap(restored, store)
    except OSError as error:
        raise StoreError(f"{store}: can't be restored: {in_words(error)}") from error
    finally:
        for left in (restored, *beside(restored)):
            _remove(left)


def beside(store: Path) -> list[Path]:
    """What stands beside a store and is of it alone: its log, its ledger, logs set aside."""
    found = (log_path(store), ledger_path(store), *set_aside_logs(store))
    return [path for path in found if path.exists()]


def _empty_log(store: Path) -> None:
    """Move what is in the log into the one file that is copied."""
    log = log_path(store)
    if log.exists() and log.stat().st_size:
        con = open_to_write(store)
        try:
            con.execute("checkpoint")
        finally:
            con.close()
    else:  # a store that lies where nothing can be written is backed up too
        open_to_read(store).close()


def _unpack(file: Path, restored: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if archive.getinfo(_STORE).file_size != manifest["bytes"]:
                raise InputError(f"{file}: is damaged: its size does not match its manifest")
            with archive.open(_STORE) as packed, _open_private(restored) as out:
                shutil.copyfileobj(packed, out, _CHUNK)
        if sha256(restored) != manifest["sha256"]:
            raise InputError(f"{file}: is damaged: its checksum does not match")
    except (OSError, KeyError, TypeError, ValueError, EOFError, RuntimeError, zlib.error,
            zipfile.BadZipFile, zipfile.LargeZipFile) as error:  # fmt: skip
        if isinstance(error, InputError):
            raise
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise StoreError(f"{restored}: can't be written: {in_words(error)}") from error
        raise InputError(f"{file}: is not a readable backup: {error}") from error


def _swap(restored: Path, store: Path) -> Path | None:
    """Put the restored store in its place; what was there moves as a whole."""
    if store.exists():
        raise_if_open(store)
    previous = store.with_name(store.name + ".before-restore")
    if previous.exists():
        previous = free_name(previous)
    there = [path for path in (*beside(store), store) if path.exists()]
    kept = [path.with_name(previous.name + path.name.removeprefix(store.name)) for path in there]
    for path, name in zip(there, kept, strict=True):
        os.replace(path, name)
    ours = (*beside(restored), restored)
    for path in ours:
        os.replace(path, path.with_name(store.name + path.name.removeprefix(restored.name)))
    return kept[-1] if kept else None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _open_private(path: Path) -> IO[bytes]:
    """A new file that only this user can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
