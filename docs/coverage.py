"""Print docs/coverage.md from the table of the documents' facts.

Usage: make coverage
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.coverage.places import ROLE_GUIDE, Fact, read_facts

PAGE = Path(__file__).with_name("coverage.md")
INTRODUCTION = """# What became of the documents

Bandstand's Customer Success data began as five documents: three job profiles of a canon taxonomy, \
a career-ladder page and a job-description page. Facts and figures were taken from them, never \
sentences. This page lists every section and every figure of theirs with the place where it stands \
in the store, or the reason why it is left out. It is printed by `make coverage` from \
`tests/coverage/documents.csv`; a test looks every place up in a store built from the seeds.

A place reads `table: key=value -> column=value`; `~` is a part of the value, `rows` the number of \
rows. The tables are in the [data dictionary](data-dictionary.md).
"""


def page() -> str:
    """The whole page."""
    facts = read_facts()
    parts = [INTRODUCTION, _summary(facts)]
    for document, rows in groupby(facts, key=lambda fact: fact.document):
        parts.append(f"## {document}\n\n{_table(list(rows))}")
    return "\n".join(parts)


def _summary(facts: Sequence[Fact]) -> str:
    lines = ["| document | facts | in the store | left out | with the role guide |"]
    lines.append("|---|---:|---:|---:|---:|")
    for document, group in groupby(facts, key=lambda fact: fact.document):
        rows = list(group)
        later = sum(fact.where == ROLE_GUIDE for fact in rows)
        out = sum(not fact.where for fact in rows)
        lines.append(f"| {document} | {len(rows)} | {len(rows) - out - later} | {out} | {later} |")
    return "\n".join(lines) + "\n"


def _table(facts: Sequence[Fact]) -> str:
    lines = ["| section | fact | where, or why not |", "|---|---|---|"]
    for section, rows in groupby(facts, key=lambda fact: fact.section):
        for i, fact in enumerate(rows):
            lines.append(f"| {'' if i else section} | {fact.fact} | {_place(fact)} |")
    return "\n".join(lines) + "\n"


def _place(fact: Fact) -> str:
    if fact.left_out_because:
        return fact.left_out_because
    return f"`{fact.where}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
