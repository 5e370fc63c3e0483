"""Mutated files against the intake, and kills in the middle of loads: `make fuzz`.

A short run of the same is part of the suite.
"""

import csv
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from analytics.errors import InputError
from data.build.build import build
from data.imports.integrity import damaged_loads
from data.imports.team_files import templates
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.options import ImportOptions
from data.store.connection import log_path, open_to_read
from data.store.load_ledger import ledger_path, read_ledger
from queries import run
from tests.data.hostile import HOSTILE
from tests.data.loads import Brought, bring
from tests.data.store.test_crash import kill_and_look
from tests.data.store.test_full_disk import LOAD, contents, limited, payroll
from tests.data.store.test_load_ledger import copied, killed_store

SECONDS, KILLS, HARMED, FULL = 240, 500, 200, 50
_TOKENS = [
    b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff",
    b"\xc3", b"\xe2\x82\xac", b"'", b" ", b"1e309", b"-", b"99999999999999999999", b"03/04/2025",
    b"1.234,56", b"1,234.56", b"NaN", b"Company", b"Base", b"row,column,value,reason",
]  # fmt: skip
_SAID = ImportOptions(
    set_values={"currency": "USD", "effective_date": "2026-03", "as_of": "2026-03", "basis": "base"}
)


def said_of(kind: str) -> ImportOptions:
    """Answers to all that a file of a kind may leave open."""
    fields = file_type(kind).fields
    said = {name: value for name, value in _SAID.set_values.items() if name in fields}
    return ImportOptions(set_values=said, decimal=".", dates="dmy")


def texts(kind: str) -> bytes:
    """The template with some more rows, some of them hostile."""
    out = io.StringIO()
    writer = csv.writer(out)
    template = templates.as_csv(file_type(kind)).decode("utf-8-sig")
    header, example = csv.reader(io.StringIO(template, newline=""))
    writer.writerow(header)
    for i in range(20):
        writer.writerow([HOSTILE[(i * 7 + j) % 80] if i % 3 == j else c
                         for j, c in enumerate(example)])  # fmt: skip
    return out.getvalue().encode()


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The bytes with one to six cuts, copies, flips or foreign pieces."""
    data = bytearray(content)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(data) + 1)
        to = min(len(data), at + draw.randrange(1, 40))
        way = draw.randrange(5)
        if way == 0:
            del data[at:to]
        elif way == 1:
            data[at:at] = draw.choice(_TOKENS)
        elif way == 2:
            data[at:at] = data[at:to] * draw.randint(1, 20)
        elif way == 3 and at < len(data):
            data[at] = draw.randrange(256)
        else:
            del data[at + (len(data) - at) // 2 :]
    return bytes(data)


def mutated_book(content: bytes, draw: random.Random) -> bytes:
    """A workbook with its bytes, or those of a part of it, mutated."""
    if draw.random() < 0.3:
        return mutated(content, draw)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = draw.choice(old.namelist())
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, mutated(data, draw) if item == chosen else data)
    return out.getvalue()


def look(kind: str, content: bytes) -> str:
    """Bring a file in and hold what comes out against what must be true of it.

    Returns ``refused`` or ``read``; raises `AssertionError` for a row that is
    not accounted for, or a refusal without words.
    """
    try:
        found = bring(kind, content, said_of(kind))
    except InputError as error:
        if not str(error).strip():
            raise AssertionError("refused without a word") from error
        return "refused"
    report = found.report
    if report.questions:
        assert all(question.text for question in report.questions)
        return "asked"
    assert report.rows_in == report.to_load + report.left_out
    assert len(found.rows) == report.to_load
    assert len({p.row for p in found.problems}) == report.left_out == len(found.rejects) - 1
    assert all(problem.reason for problem in found.problems)
    if report.layout.table.encoding == "utf-8":
        assert report.rows_in == _counted(content, found)
    return "read"


def _counted(content: bytes, found: Brought) -> int:
    """The rows below the header that hold something, counted by Python's own reader."""
    text = content.decode("utf-8-sig", "surrogateescape")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=found.report.layout.table.delimiter)
    body = list(rows)[found.report.layout.header_row :]
    return sum(any(cell.strip(" ") for cell in row) for row in body)


def fuzz(seed: int, go_on: Callable[[int], bool]) -> dict[str, int]:
    """Mutate files while ``go_on`` says so of their number; how many were read, asked, refused."""
    draw = random.Random(seed)
    plain = {name: texts(name) for name in NAMES}
    books = {name: templates.as_excel(file_type(name)) for name in NAMES}
    counts: dict[str, int] = {}
    while go_on(sum(counts.values())):
        kind = draw.choice(NAMES)
        book = draw.random() < 0.25
        content = mutated_book(books[kind], draw) if book else mutated(plain[kind], draw)
        try:
            outcome = look(kind, content)
        except BaseException:
            kept = Path(tempfile.gettempdir()) / f"bandstand-fuzz-{kind}"
            kept.write_bytes(content)
            sys.stderr.write(f"seed {seed}: the file is kept as {kept}\n")
            raise
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def harm_logs(killed: Path, folder: Path, draw: random.Random, times: int) -> int:
    """Harm the log of a killed store in many ways; returns how many loads were told as lost.

    Raises `AssertionError` for a load that is neither in the store nor told.
    """
    whole, told = log_path(killed).read_bytes(), 0
    for k in range(times):
        path = copied(killed, folder / str(k))
        harmed = bytearray(whole)
        at = draw.randrange(len(harmed))
        if draw.random() < 0.5:
            harmed[at] ^= 1 << draw.randrange(8)
        else:
            del harmed[at : at + draw.randrange(1, len(harmed))]
        log_path(path).write_bytes(bytes(harmed))
        con = open_to_read(path)
        missing = set(read_ledger(path)) - set(run(con, "loads").load)
        named = {m.split(" (")[0] for m in damaged_loads(con)}
        con.close()
        assert {f"load {load}" for load in missing} <= named
        told += len(missing)
        shutil.rmtree(folder / str(k))
    return told


def fill_disks(path: Path, draw: random.Random, times: int) -> dict[int, int]:
    """Load under limits on the size of files; how many loads ended with each exit code."""
    payroll(path.parent, 2_000)
    words = [word.format(folder=path.parent) for word in LOAD]
    codes: dict[int, int] = {}
    for _ in range(times):
        answer = limited(path, int(10 ** draw.uniform(2, 7.3)), *words, "--name", "Full")
        damaged, loads = contents(path)
        assert not damaged
        assert answer.returncode in (0, 2)
        # The load may be acknowledged and the index beside it not have room.
        assert bool(loads) == ("load 1: " in answer.stdout)
        if loads:
            fresh = path.with_name("fresh.duckdb")
            shutil.copy(fresh, path)
            ledger_path(path).unlink()
        codes[answer.returncode] = codes.get(answer.returncode, 0) + 1
    return codes


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6)
    end = time.monotonic() + SECONDS
    counts = fuzz(seed, lambda _: time.monotonic() < end)
    said = ", ".join(f"{n:,} {outcome}" for outcome, n in sorted(counts.items()))
    sys.stdout.write(f"seed {seed}: {said}; no row unaccounted for, no crash\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "killed.duckdb"
        build(path)
        loads = kill_and_look(path, KILLS, random.Random(seed))
        sys.stdout.write(f"{KILLS} kills, {loads:,} loads acknowledged: none lost, none torn\n")
        full = Path(folder) / "full.duckdb"
        build(full)
        shutil.copy(full, full.with_name("fresh.duckdb"))
        killed = killed_store(full, Path(folder) / "killed")
        told = harm_logs(killed, Path(folder), random.Random(seed), HARMED)
        sys.stdout.write(f"{HARMED} damaged logs, {told} loads lost by them: all told\n")
        codes = fill_disks(full, random.Random(seed), FULL)
    sys.stdout.write(f"{FULL} full disks, by exit code {codes}: nothing half done\n")


if __name__ == "__main__":
    main()
