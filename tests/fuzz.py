"""Mutated files against the intake, and kills in the middle of loads: `make fuzz`.

A short run of the same is part of the suite.
"""

import csv
import io
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from analytics.errors import InputError
from data.build.build import build
from data.imports.team_files import templates
from data.imports.team_files.file_types import NAMES, file_type
from data.imports.team_files.options import ImportOptions
from tests.data.hostile import HOSTILE
from tests.data.loads import Brought, bring
from tests.data.store.test_crash import kill_and_look
from tests.data.store.test_load_ledger import killed_store
from tests.fuzz_stores import fill_disks, harm_indexes, harm_logs, harm_stores, loaded_store

HOSTILE_FILES, KILLS, HARMED, FULL = 2_000, 500, 201, 50
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


def main() -> None:
    _, seed_given, part_given, *_ = (*sys.argv, "", "")
    seed = int(seed_given or random.randrange(10**6))
    part = float(part_given or 1)
    hostile, kills, harmed, full = (round(n * part) for n in (HOSTILE_FILES, KILLS, HARMED, FULL))
    counts = fuzz(seed, lambda files: files < hostile)
    said = ", ".join(f"{n:,} {outcome}" for outcome, n in sorted(counts.items()))
    say(f"seed {seed}: {hostile:,} hostile files, {said}; no row unaccounted for, no crash")
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "killed.duckdb"
        build(path)
        fresh = Path(folder) / "fresh.duckdb"
        shutil.copy(path, fresh)
        killed = kill_and_look(path, kills, draw)
        say(f"{kills} kills, {killed.after_commit} of them after a commit, {killed.loads:,} loads "
            "acknowledged: none lost, none torn")  # fmt: skip
        harm_all(fresh, Path(folder), draw, harmed)
        store = Path(folder) / "full.duckdb"
        shutil.copy(fresh, store)
        codes = fill_disks(store, draw, full)
    say(f"{full} full disks, by exit code {codes}: nothing half done")


def harm_all(fresh: Path, folder: Path, draw: random.Random, times: int) -> None:
    """Harm logs, stores and indexes, a third of the times each."""
    third = -(-times // 3)
    left = killed_store(fresh, folder / "killed")
    told = harm_logs(left, folder, draw, third)
    say(f"{third} damaged logs, {told} loads lost by them: all told")
    loaded = loaded_store(fresh, folder / "loaded")
    ends = harm_stores(loaded, folder, draw, third)
    said = ", ".join(f"{n} {end}" for end, n in sorted(ends.items()))
    say(f"{third} damaged stores, {said}: none silently")
    say(f"{harm_indexes(loaded, folder, draw, third)} damaged indexes: each made anew")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
