"""`bandstand match` on 10,000 titles and 5,000 profiles, beside a plain rapidfuzz loop.

Both run in a process of their own on the same made-up taxonomy and titles, one
after the other. Prints seconds, peak memory and how many first matches are
right. Usage: python -m benchmarks.matching [titles]
"""

import csv
import itertools
import json
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from data.build.build import build
from data.imports.load import load_taxonomy
from data.store.connection import open_to_read, open_to_write
from queries import run

SEED = 20261122
AREAS = """
Data Platform Cloud Network Security Payments Risk Billing Mobile Search Identity Storage Content
Brand Growth Product Customer Revenue Treasury Tax Audit Legal Privacy Talent Benefits Learning
Facilities Procurement Logistics Warehouse Fleet Quality Safety Clinical Pharmacy Laboratory Field
Solutions Partner Channel Community Events Media Energy Water Climate Housing Travel Retail Games
"""
KINDS = "Engineering Operations Analytics Design Research Marketing Support Planning Sales Strategy"
LEVELS = {
    "P1": ("Junior", "professional", 1),
    "P2": ("", "professional", 2),
    "P3": ("Mid-Level", "professional", 3),
    "P4": ("Senior", "professional", 4),
    "P5": ("Staff", "professional", 5),
    "P6": ("Principal", "professional", 6),
    "M3": ("Manager", "management", 4),
    "M4": ("Director", "management", 5),
    "M5": ("Senior Director", "management", 6),
    "M6": ("Vice President", "management", 7),
}
SHORT = {"Senior": "Sr.", "Junior": "Jr", "Vice President": "VP", "Manager": "Mgr"}
TAILS = ("", "", "", " - EMEA", " (Remote)", ", Healthcare")


def focuses() -> list[str]:
    """500 fields of work."""
    return [f"{area} {kind}" for area in AREAS.split() for kind in KINDS.split()]


def taxonomy() -> dict[str, bytes]:
    """500 fields of work at ten levels, as a team would load them."""
    slugs = {name: name.lower().replace(" ", "-") for name in focuses()}
    levels = [f"bench,bench,{lv},{t},{g},{title or 'Full'}" for lv, (title, t, g) in LEVELS.items()]
    return {
        "functions.csv": b"function,title,code\nbench,Bench,BENCH1\n",
        "focuses.csv": _lines(
            "function,focus,title,differential",
            [f"bench,{slug},{name},material" for name, slug in slugs.items()],
        ),
        "levels.csv": _lines("function,ladder,level,track,grade,title", levels),
        "profiles.csv": _lines(
            "focus,ladder,level", [f"{s},bench,{lv}" for s in slugs.values() for lv in LEVELS]
        ),
    }


def titles(n: int) -> list[tuple[str, str, str]]:
    """Made-up titles with the field and level that they mean."""
    random.seed(SEED)
    every = list(itertools.product(focuses(), LEVELS))
    return [_title(*random.choice(every)) for _ in range(n)]


def _title(field: str, level: str) -> tuple[str, str, str]:
    word, track, _ = LEVELS[level]
    word = SHORT.get(word, word) if random.random() < 0.4 else word
    if track == "management":
        title = f"{word}, {field}" if random.random() < 0.5 else f"{word} of {field}"
    else:
        title = f"{word} {field} Specialist".strip()
    if random.random() < 0.1:
        at = random.randrange(len(title) - 2)
        title = title[:at] + title[at + 1 :]
    return title + random.choice(TAILS), field, level


def _lines(header: str, rows: list[str]) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def plain(store: str, file: str, out: str) -> None:
    """The peer: extractOne over every profile's name."""
    from rapidfuzz import process, utils

    con = open_to_read(Path(store))
    profiles = list(run(con, "profiles").itertuples())
    names = [f"{r.title} {r.focus_title}" for r in profiles]
    with open(file, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as found:
        writer = csv.writer(found)
        writer.writerow(["title", "code"])
        for line in lines.read().splitlines()[1:]:
            (title,) = next(csv.reader([line]))
            best = process.extractOne(title, names, processor=utils.default_process)
            writer.writerow([title, profiles[best[2]].code if best else ""])


def measured(words: list[str], store: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a command."""
    before, peak = time.perf_counter(), 0
    child = psutil.Popen(words, env={**os.environ, "BANDSTAND_DB": str(store)})
    while child.poll() is None:
        with suppress(psutil.Error):
            peak = max(peak, child.memory_info().rss)
        time.sleep(0.02)
    return time.perf_counter() - before, peak / 1e6


def main() -> None:
    """Run both, print seconds, memory and accuracy, and the ratio."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        store, file = Path(folder) / "bench.duckdb", Path(folder) / "titles.csv"
        build(store)
        con = open_to_write(store)
        print(load_taxonomy(con, taxonomy(), "bench"))
        codes = {(r.focus_title, r.level): r.code for r in run(con, "profiles").itertuples()}
        con.close()
        wanted = titles(n)
        file.write_bytes(_lines("title", [json.dumps(t) for t, _, _ in wanted]))
        took = {}
        for name, words in (
            ("bandstand match", ["-m", "cli", "match", "--file", str(file)]),
            ("plain extractOne", ["-m", "benchmarks.matching", "plain", str(store), str(file)]),
        ):
            out = Path(folder) / "out.csv"
            tail = ["--out", str(out)] if name.startswith("bandstand") else [str(out)]
            seconds, memory = measured([sys.executable, *words, *tail], store)
            with out.open(encoding="utf-8-sig", newline="") as lines:
                got = [row["code"] for row in csv.DictReader(lines)]
            right = sum(c == codes[f, lv] for c, (_, f, lv) in zip(got, wanted, strict=True))
            took[name] = seconds
            print(f"{name}: {seconds:.1f} s, {memory:.0f} MB, {right / n:.1%} right at once")
        print(f"ratio of seconds: {took['bandstand match'] / took['plain extractOne']:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["plain"]:
        plain(*sys.argv[2:5])
    else:
        main()
