"""The ledger of loads beside the store: what was acknowledged, so that a loss is told.

DuckDB opens a store whose write-ahead log was cut or deleted as if nothing had ever
stood in it. So a line for each change of a load stands in a file of its own, written
and synced before the change is acknowledged. A line is written in two steps: as begun
before the commit, which also reserves its space on disk, and overwritten as done after
it. A process that is killed in between leaves a begun line, which claims nothing.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.errors import StoreError
from data.store.acting import acting_user
from data.store.audit import Event, record
from data.store.connection import empty_log, transaction
from data.store.digest import sha256
from data.store.disk_errors import in_words

GIVEN_UP = "given up"
#: Of one length, so that the second overwrites the first in place.
_BEGUN, _DONE = "begun", "done "


@dataclass(frozen=True)
class LoadState:
    """A load as the store's own log has it."""

    load: int
    kind: str
    name: str
    sha256: str
    rows: int
    state: str


@dataclass(frozen=True)
class LedgerEntry:
    """A load as it was last acknowledged, when, and states begun since without an end."""

    known: LoadState
    when: str
    begun: tuple[LoadState, ...] = ()

    def allows(self, present: LoadState | None) -> bool:
        """Whether what the store has now is what was acknowledged, or a change after it."""
        if self.known.state == GIVEN_UP and present is None:
            return True
        return present is not None and present in (self.known, *self.begun)


@contextmanager
def acknowledged(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A transaction whose changes of loads are in the ledger before it ends, and on disk.

    Raises `StoreError` if the ledger can't be written; the store then stays as it was.
    """
    path = store_of(con)
    if path is None:
        with transaction(con):
            yield
        return
    with _Lines(ledger_path(path)) as ledger, transaction(con):
        before = present_loads(con)
        yield
        after = present_loads(con)
        ledger.begin(_to_note(before, after, read_ledger(path)))
        record(path, *[_event(state) for load, state in after.items() if before.get(load) != state])
    empty_log(con)  # the commit stands without it


def note_loads(con: duckdb.DuckDBPyConnection) -> None:
    """Begin the ledger of a store that has none with every load that is in it."""
    path = store_of(con)
    if path is not None and not ledger_path(path).exists():
        with _Lines(ledger_path(path)) as ledger:
            ledger.begin(list(present_loads(con).values()))


def give_up(store: Path, load: int) -> bool:
    """Note that a load which the store lost is not missed; returns whether it was missing."""
    entry = read_ledger(store).get(load)
    if entry is None or entry.known.state == GIVEN_UP:
        return False
    with _Lines(ledger_path(store)) as ledger:
        ledger.begin([LoadState(**asdict(entry.known) | {"state": GIVEN_UP})])
    return True


def present_loads(con: duckdb.DuckDBPyConnection) -> dict[int, LoadState]:
    """The loads in the store's own log, by number; none in a store that is not built yet."""
    if not con.execute("from duckdb_tables() where table_name = 'import_log'").fetchall():
        return {}
    rows = con.execute(
        "select load, kind, name, sha256, rows_loaded, state from import_log order by load"
    ).fetchall()
    return {row[0]: LoadState(*row) for row in rows}


def read_ledger(store: Path) -> dict[int, LedgerEntry]:
    """Each load as it was last acknowledged, by number; empty for a store without a ledger.

    A line that is torn or has changed is passed over, since it proves nothing.
    """
    entries: dict[int, LedgerEntry] = {}
    begun: dict[int, tuple[LoadState, ...]] = {}
    for step, when, state in _lines(store):
        if step == _DONE:
            entries[state.load] = LedgerEntry(state, when)
            begun.pop(state.load, None)
        else:
            begun[state.load] = (*begun.get(state.load, ()), state)
    return {
        load: LedgerEntry(entry.known, entry.when, begun.get(load, ()))
        for load, entry in entries.items()
    }


def highest_number(con: duckdb.DuckDBPyConnection) -> int:
    """The highest number that a load has or had; the ledger keeps those that were lost."""
    path = store_of(con)
    noted = read_ledger(path) if path else {}
    return max([0, *present_loads(con), *noted])


def store_of(con: duckdb.DuckDBPyConnection) -> Path | None:
    """The file of a connection's store; None in memory."""
    ((path,),) = con.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    return Path(path) if path else None


def ledger_path(store: Path) -> Path:
    """The ledger that belongs to a store."""
    return store.with_name(store.name + ".loads.jsonl")


def _lines(store: Path) -> Iterator[tuple[str, str, LoadState]]:
    try:
        lines = ledger_path(store).read_bytes().splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{ledger_path(store)}: can't be read: {error.strerror}") from error
    for text in lines:
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            line = json.loads(text)
            if line["check"] == _check(line["when"], line["who"], line["load"]):
                yield line["step"], line["when"], LoadState(**line["load"])


def _to_note(
    before: Mapping[int, LoadState],
    after: Mapping[int, LoadState],
    ledger: Mapping[int, LedgerEntry],
) -> list[LoadState]:
    """What changed, and what the ledger lacks; not what a damaged store has otherwise."""
    return [
        state
        for load, state in after.items()
        if before.get(load) != state or load not in ledger or state in ledger[load].begun
    ]


def _event(state: LoadState) -> Event:
    about = {"kind": state.kind, "number": str(state.load), "state": state.state}
    return Event("load", state.name, about, state.rows, state.sha256)


def _line(state: LoadState) -> bytes:
    when, who = datetime.now(UTC).isoformat(timespec="seconds"), acting_user()
    check = _check(when, who, asdict(state))
    line = {"step": _BEGUN, "when": when, "who": who, "load": asdict(state), "check": check}
    return f"{json.dumps(line)}\n".encode()


def _check(*parts: object) -> str:
    return sha256(json.dumps(parts).encode())[:16]


class _Lines:
    """Lines that are begun within a context and done at its end, or taken back if it fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._start = 0
        self._text = b""

    def __enter__(self) -> "_Lines":
        return self

    def begin(self, states: Sequence[LoadState]) -> None:
        """Write lines as begun, and sync them; raises `StoreError`, and then none is there."""
        if not states:
            return
        try:
            before = self._path.read_bytes() if self._path.exists() else b""
            self._start = len(before)
            torn = b"" if before.endswith(b"\n") or not before else b"\n"
            self._text = torn + b"".join(map(_line, states))
            self._write(self._text)
        except OSError as error:
            self._take_back()
            raise StoreError(
                f"{self._path}: can't be written, so nothing was changed: {in_words(error)}"
            ) from error

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self._text:
            return
        if kind is not None:
            self._take_back()
            return
        begun, done = (json.dumps({"step": step})[1:-1].encode() for step in (_BEGUN, _DONE))
        # What was committed stays so, should the disk fail between the two steps.
        with suppress(OSError):
            self._write(self._text.replace(begun, done))

    def _take_back(self) -> None:
        self._text = b""
        with suppress(OSError):
            os.truncate(self._path, self._start)

    def _write(self, text: bytes) -> None:
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.seek(self._start)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
