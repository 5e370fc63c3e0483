"""Made-up postings against the store's profiles, and the findings as tables and text."""

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from analytics.jobs.posting_resemblance import MIN_SCORE, TITLE_WEIGHT, Resemblance
from analytics.jobs.postings import PostingReader
from data.catalog.postings import (
    as_json,
    as_text,
    findings_table,
    known_phrases,
    posting_reader,
    profile_texts,
)
from data.files import exports
from queries import run

#: Postings that were made up for these tests, by somebody who knew the profiles. The
#: threshold and the weight of the title were set on `tune`; `check` was read once, after.
FILE = Path(__file__).parent / "made_up_postings.csv"


@dataclass(frozen=True)
class MadeUp:
    name: str
    part: str
    levels: frozenset[str]
    text: str

    def right(self, found: list[Resemblance]) -> bool:
        """Whether the first profile is one of those expected, or rightly none is offered."""
        return found[0].level in self.levels if found else not self.levels


def made_up() -> list[MadeUp]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            MadeUp(
                row["name"],
                row["part"],
                frozenset() if row["expected"] == "none" else frozenset(row["expected"].split("/")),
                row["text"],
            )
            for row in csv.DictReader(lines)
        ]


@pytest.fixture(scope="module")
def reader(con) -> PostingReader:
    return posting_reader(con.cursor())


def test_the_made_up_postings_are_many_and_of_both_kinds():
    postings = made_up()
    assert len({p.name for p in postings}) == len({p.text for p in postings}) == 61
    assert sum(not p.levels for p in postings) == 19
    assert sum(p.part == "check" for p in postings) == 39


@pytest.mark.parametrize(("part", "least"), [("tune", 22), ("check", 36)])
def test_accuracy_on_the_made_up_postings_does_not_fall(reader, part, least):
    postings = [p for p in made_up() if p.part == part]
    wrong = [p.name for p in postings if not p.right(list(reader.read(p.text).resembles))]
    assert len(postings) - len(wrong) >= least, wrong


def test_no_posting_for_other_work_is_offered_a_profile(reader):
    assert [p.name for p in made_up() if not p.levels and reader.read(p.text).resembles] == []


def test_the_threshold_stands_above_other_work_and_below_known_titles(reader, monkeypatch):
    monkeypatch.setattr("analytics.jobs.posting_resemblance.MIN_SCORE", 0.0)
    best = {p: reader.read(p.text).resembles[0] for p in made_up()}
    other = max(near.score for p, near in best.items() if not p.levels)
    titled = min(near.score for p, near in best.items() if p.levels and near.title_score)
    assert other <= 0.18 < MIN_SCORE < 0.5 < titled
    # It is half way between the two kinds of the part on which it was set.
    tune = {p: near.score for p, near in best.items() if p.part == "tune"}
    low = max(score for p, score in tune.items() if not p.levels)
    high = min(score for p, score in tune.items() if p.levels)
    assert (low + high) / 2 == pytest.approx(MIN_SCORE, abs=0.02)


def test_title_and_text_together_beat_either_alone(reader, monkeypatch):
    def right(weight: float) -> int:
        monkeypatch.setattr("analytics.jobs.posting_resemblance.TITLE_WEIGHT", weight)
        return sum(p.right(list(reader.read(p.text).resembles)) for p in made_up() if p.levels)

    monkeypatch.setattr("analytics.jobs.posting_resemblance.MIN_SCORE", 0.0)
    both, title, text = map(right, (TITLE_WEIGHT, 1.0, 0.0))
    assert both >= 41
    assert both > title > text


def test_each_profile_brings_its_words(con):
    texts = {p.level: p for p in profile_texts(con.cursor())}
    assert len(texts) == 10
    m4 = texts["M4"]
    focus = {"focus": "customer-success"}
    work = run(con.cursor(), "profile_work", **focus)
    assert m4.responsibilities == tuple(work[work.level == "M4"].responsibility)
    asked = run(con.cursor(), "level_card", ladder="canon", level="M4").descriptor
    guidelines = run(con.cursor(), "profile_guidelines", **focus).set_index("level").loc["M4"]
    assert set(asked) | set(guidelines.drop("degree_and_years")) == set(m4.descriptors)
    assert m4.skills[0].startswith("Metrics fluency. ")
    assert m4.titles[0] == "Customer Success"


def test_a_posting_is_read_with_the_stores_levels_and_years(reader):
    posting = reader.read(
        "Senior CSM (P4)\nReports to the Director. 5+ years.\nBase £70,000 a year."
    )
    assert [f.levels for f in posting.levels] == [("P4",), ("P4",)]
    (years,) = posting.years
    assert {(row.level, row.kind) for row in years.levels} == {
        ("P3", "level"), ("P3", "rubric"), ("M3", "rubric"),
    }  # fmt: skip


def test_findings_are_a_table_json_and_text(reader):
    posting = reader.read(next(p.text for p in made_up() if p.name == "made up 3"))
    table = findings_table(posting)
    assert list(table.columns) == ["part", "item", "finding", "quote", "ask"]
    pay = table[table.part == "pay"]
    assert pay.finding.tolist()[0] == (
        "$80,000–$95,000, period not stated, $ (dollar not specified)"
    )
    assert "Up to 15% travel." in exports.to_csv(table).decode()
    assert exports.to_excel(table, {}, table.head(0))
    sheet = json.loads(as_json(posting))
    assert sheet["amounts"][1]["basis"] == "target_cash"
    assert sheet["resembles"][0]["level"] == "P2"
    text = as_text(posting)
    assert "Pay\n- base · $80,000–$95,000" in text
    assert "- Interview steps · not found · Which interviews are there" in text


def test_the_phrases_are_those_of_the_role_guides(con, reader):
    assert (
        len(known_phrases(con.cursor()))
        == con.cursor().execute("select count(*) from guide_phrase").fetchall()[0][0]
    )
    (phrase,) = reader.read("CSM\n\nVariable pay follows NRR targets.").phrases
    assert (phrase.phrase, phrase.quote) == ("NRR attainment", "Variable pay follows NRR targets.")
    assert reader.read("Wear many hats").phrases == ()


def test_reading_leaves_no_trace_in_the_store(tmp_path, store):
    from data.store.connection import open_to_read

    path = tmp_path / "one.duckdb"
    shutil.copy(store, path)
    before = path.read_bytes()
    con = open_to_read(path)
    posting_reader(con).read("Zanzibarite Customer Success Manager")
    con.close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["one.duckdb"]
