"""The audit log: who did what, when, each line with the hash of the one before.

It stands beside the store, or where ``BANDSTAND_AUDIT`` says; a line is only ever added.
A line that was changed, taken out or put in breaks the chain. Lines cut off at the end
don't: keep the last hash that `verify` gives elsewhere, and ask whether it still stands.
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where one process at a time writes
    fcntl = None  # type: ignore[assignment]

from analytics.errors import StoreError
from data.store.acting import acting_user
from data.store.digest import sha256
from data.store.disk_errors import in_words

ENVIRONMENT = "BANDSTAND_AUDIT"
EVENTS = ("sign-in", "sign-out", "view", "export", "load", "publication", "user", "refusal")
#: What the first line has in place of a hash.
FIRST = "0" * 64
_TAIL = 65_536
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Event:
    """Something that was done: one of `EVENTS`, what it was done to, and how it was asked.

    ``rows`` is how many rows were given, ``digest`` the SHA-256 of a file that left.
    """

    event: str
    what: str
    about: Mapping[str, str] = field(default_factory=dict)
    rows: int | None = None
    digest: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a log is found to be: its lines, the hash of the last, and the first fault if any."""

    lines: int
    last: str
    fault: str = ""


def audit_path(store: Path) -> Path:
    """The log of a store: ``BANDSTAND_AUDIT`` if set, else beside it."""
    if path := os.environ.get(ENVIRONMENT):
        return Path(path).expanduser().resolve()
    return store.with_name(store.name + ".audit.jsonl")


def record(store: Path, *events: Event) -> None:
    """Add lines to the log of a store, and sync them.

    Raises `StoreError` when that fails; then what was asked for should not be done.
    """
    if not events:
        return
    path = audit_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(path) as log:
            previous, end = _last_hash(log), log.seek(0, os.SEEK_END)
            try:
                for event in events:
                    text = _line(event, previous)
                    log.write(text + b"\n")
                    previous = sha256(text)
                log.flush()
                os.fsync(log.fileno())
            except OSError:  # no half a line, which would spoil the next
                log.truncate(end)
                raise
    except OSError as error:
        raise StoreError(
            f"{path}: the audit log can't be written, so nothing was done: {in_words(error)}"
        ) from error


def read(store: Path) -> list[dict[str, Any]]:
    """The lines of a log, oldest first; those that can't be read are left to `verify`."""
    lines = []
    for text in _texts(audit_path(store)):
        line = _parsed(text)
        if line is not None:
            lines.append(line)
    return lines


def verify(store: Path) -> Verdict:
    """Whether each line of a log follows from the one before."""
    path, previous, number = audit_path(store), FIRST, 0
    for number, text in enumerate(_texts(path), 1):
        line = _parsed(text)
        if line is None:
            return Verdict(number, previous, f"{path}: line {number} can't be read")
        if line.get("previous") != previous:
            return Verdict(
                number, previous, f"{path}: line {number} does not follow from the line before it"
            )
        previous = sha256(text)
    return Verdict(number, previous)


def holds(store: Path, digest: str) -> bool:
    """Whether a hash that `verify` gave earlier is that of a line of the log, or of none yet."""
    return digest == FIRST or any(sha256(text) == digest for text in _texts(audit_path(store)))


def _line(event: Event, previous: str) -> bytes:
    line = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": acting_user(),
        "event": event.event,
        "what": event.what,
        "about": dict(event.about),
        "rows": event.rows,
        "sha256": event.digest,
        "previous": previous,
    }
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace")


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """The log open to read and to add, while no other process adds to it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab+") as log, _one_at_a_time:
        if fcntl is not None:
            fcntl.flock(log, fcntl.LOCK_EX)
        yield log


def _last_hash(log: BinaryIO) -> str:
    """The hash of the last line; lines are short, so its end is enough to read."""
    end = log.seek(0, os.SEEK_END)
    size = _TAIL
    while True:
        log.seek(max(0, end - size))
        lines = log.read().split(b"\n")
        if len(lines) > 2 or size >= end:
            kept = [line for line in lines if line]
            return sha256(kept[-1]) if kept else FIRST
        size *= 4


def _texts(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {in_words(error)}") from error


def _parsed(text: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
