"""Reading postings: text, phrases, amounts, pay words, levels, years, checklist."""

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.job_rows import LadderLevel
from analytics.jobs.matching import Job, KnownTitle, Matcher
from analytics.jobs.posting_amounts import pay_amounts
from analytics.jobs.posting_levels import (
    LevelFinder,
    LevelYears,
    find_years,
    levels_with_years,
)
from analytics.jobs.posting_pay import pay_words
from analytics.jobs.posting_resemblance import MIN_SCORE, ProfileIndex, ProfileText
from analytics.jobs.posting_text import (
    MAX_CHARACTERS,
    Stems,
    clean_text,
    quote,
    sentences,
    title_candidates,
)
from analytics.jobs.postings import (
    DecodedPhrase,
    Phrase,
    Posting,
    PostingReader,
    find_phrases,
    findings,
    years_of_levels,
)
from analytics.jobs.titles import LevelWord, Vocabulary

PRO, MANAGEMENT = "professional", "management"
VOCABULARY = Vocabulary(
    {"sr": ("senior",), "csm": ("customer", "success", "manager"), "client": ("customer",)},
    frozenset(("of", "and", "the")),
    frozenset(("manager", "management")),
    frozenset(),
    {
        ("junior",): LevelWord(PRO, 1),
        ("senior",): LevelWord(PRO, 4),
        ("entry", "level"): LevelWord(PRO, 1),
        ("manager",): LevelWord(MANAGEMENT, 4),
        ("director",): LevelWord(MANAGEMENT, 5),
        ("p4",): LevelWord(PRO, 4),
        ("ic3",): LevelWord(PRO, 3),
        ("m4",): LevelWord(MANAGEMENT, 5),
    },
)


def level(code: str, track: str, grade: int) -> LadderLevel:
    words = {field.name: "" for field in fields(LadderLevel)}
    return LadderLevel(**words | {"level": code, "track": track, "grade": grade})


LADDER = [level(f"P{n}", PRO, n) for n in (1, 2, 3, 4)] + [
    level(f"M{n}", MANAGEMENT, n + 1) for n in (3, 4)
]
YEARS = [
    LevelYears("own", "P1", PRO, "rubric", 0, 1),
    LevelYears("own", "P2", PRO, "rubric", 2, None),
    LevelYears("own", "P3", PRO, "rubric", 5, None),
    LevelYears("own", "P3", PRO, "level", 3, 5),
    LevelYears("own", "M3", MANAGEMENT, "rubric", 5, 7),
]
PHRASES = [
    Phrase(
        "wear many hats",
        re.compile(r"\bwear(ing|s)? (many|multiple)( \w+)? hats\b", re.IGNORECASE),
        "No one else does it",
        "Who owns what?",
    ),
    Phrase("save plays", re.compile(r"\bsave[ -]plays?\b"), "Rescue plans", "Which may I offer?"),
]


def amounts(sentence: str) -> list[tuple[float | None, float | None, str, str, str]]:
    found = pay_amounts(sentences(clean_text(sentence)))
    return [(a.low, a.high, a.currency, a.period, a.basis) for a in found]


def words(sentence: str) -> list[tuple[str, str]]:
    return [(w.kind, w.value) for w in pay_words(sentences(clean_text(sentence)))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Base salary: $120,000 - $150,000 per year", [(120_000, 150_000, "", "year", "base")]),
        ("US$120k–150k OTE", [(120_000, 150_000, "USD", "", "target_cash")]),
        ("$120K to $150K", [(120_000, 150_000, "", "", "")]),
        ("between 55.000 € and 65.000 € brutto pro Jahr", [(55_000, 65_000, "EUR", "year", "")]),
        ("£28,500.50 per annum", [(28_500.50, 28_500.50, "GBP", "year", "")]),
        ("CHF 95'000 - 110'000 a year", [(95_000, 110_000, "CHF", "year", "")]),
        ("Salary 80 000 - 95 000 EUR", [(80_000, 95_000, "EUR", "", "")]),
        ("CA$90,000–CA$105,000 annually", [(90_000, 105_000, "CAD", "year", "")]),
        ("$90,000-$100,000 CAD", [(90_000, 100_000, "CAD", "", "")]),
        ("¥8,000,000 - ¥10,000,000 annual salary", [(8e6, 1e7, "JPY", "year", "")]),
        ("$24.00-$27.50/hr", [(24, 27.5, "", "hour", "")]),
        ("Pays $31 an hour", [(31, 31, "", "hour", "")]),
        ("£3,200 per month", [(3_200, 3_200, "GBP", "month", "")]),
        ("Salary up to $95,000", [(None, 95_000, "", "", "")]),
        ("Salary from $95,000 a year", [(95_000, None, "", "year", "")]),
        (
            "base $80,000-$95,000, OTE $100,000-$118,750",
            [(80_000, 95_000, "", "", "base"), (100_000, 118_750, "", "", "target_cash")],
        ),
        (
            "$80,000 base, $100,000 OTE",
            [(80_000, 80_000, "", "", "base"), (100_000, 100_000, "", "", "target_cash")],
        ),
        ("Total compensation $350,000 to $420,000", [(350_000, 420_000, "", "", "total_comp")]),
        ("$105,000 to $120,000 plus 10% bonus", [(105_000, 120_000, "", "", "")]),
    ],
)
def test_amounts_of_pay_are_read(sentence, found):
    assert amounts(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "You manage a $5M ARR book of accounts",
        "Accounts from $500K to $2M in ARR",
        "We raised $50,000,000 in a Series B",
        "An annual budget of $100,000 for events",
        "A $1,000 home office stipend and a $2,500 learning budget each year",
        "Sign-on bonus $10,000",
        "Refer a friend and earn a referral bonus of $20,000",
        "Carry a quota of $900,000 a year",
        "100,000 customers in 40 countries",
        "Founded in 2015-2016 with 12,000 users",
        "Contracts worth $250,000 - $400,000 each",
        "RSUs worth $40,000 - $60,000",
        "Pay 10 - 20 EUR for lunch",
        "It costs $5-$10",
    ],
)
def test_other_money_is_not_pay(sentence):
    assert amounts(sentence) == []


def test_a_dollar_that_says_not_which_is_said_to_be_unclear():
    (pay,) = pay_amounts(["Salary $95,000 a year"])
    assert pay.label == "$95,000 a year"
    assert pay.currency_label == "$ (dollar not specified)"
    assert pay_amounts(["£21 - £24 an hour"])[0].label == "£21.00–£24.00 an hour"
    assert pay_amounts(["Salary up to €95,000"])[0].label == "up to €95,000, period not stated"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The pay mix is 80/20", [("split", "80/20")]),
        ("80% base and 20% variable", [("split", "80/20"), ("variable", "20%")]),
        ("100/0 base", [("split", "100/0")]),
        ("Uncapped commission with accelerators",
         [("commission", ""), ("cap", "Uncapped"), ("accelerator", "")]),
        ("15% annual bonus", [("bonus", "15%")]),
        ("bonus of up to 20%", [("bonus", "20%")]),
        ("bonus up to 20%", [("bonus", "20%")]),
        ("a quarterly bonus", [("bonus", "quarterly")]),
        ("Stock options and an ESPP", [("equity", "Stock options")]),
        ("Travel: up to 25%", [("travel", "up to 25%")]),
        ("25-50% travel", [("travel", "25-50%")]),
        ("Occasional travel is expected", [("travel", "")]),
        ("OTE $230,000 (80% base / 20% variable), 10% travel",
         [("split", "80/20"), ("OTE", ""), ("variable", "20%"), ("travel", "10%")]),
    ],
)  # fmt: skip
def test_pay_words_are_read(sentence, found):
    assert words(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "We champion diversity, equity and inclusion",
        "Backed by a private equity firm",
        "We believe in pay equity",
        "Health insurance options for the family",
        "Flexible working options",
        "Experience with SQL is a bonus",
        "Bonus points if you speak German",
        "Policy work with the European Commission",
        "We support customers 24/7 and in 50/50 partnerships",
        "A graduate of a startup accelerator",
        "A small-cap company",
        "Our customers travel the world",
    ],
)
def test_words_that_look_like_pay_are_left_alone(sentence):
    assert words(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("5+ years of experience", 5, None),
        ("3-5 years in SaaS", 3, 5),
        ("three to five years", 3, 5),
        ("At least eight years in sales", 8, None),
        ("Two or more years in edtech", 2, None),
        ("10 or more years leading teams", 10, None),
        ("five (5) years' experience", 5, None),
        ("12 years or more in the field", 12, None),
    ],
)
def test_years_of_experience_are_read(sentence, low, high):
    (years,) = find_years([sentence], YEARS)
    assert (years.low, years.high) == (low, high)


@pytest.mark.parametrize(
    "sentence",
    [
        "Founded 10 years ago",
        "We have 20 years of experience in logistics",
        "Over the past 5 years we grew tenfold",
        "A 4-year degree",
        "Equity with a four year vest",
        "Must be 18 years old",
        "A two-year fixed contract",
        "In your first two years you learn the trade",
        "99 years",
    ],
)
def test_other_years_are_left_alone(sentence):
    assert find_years([sentence], YEARS) == []


def test_years_stand_beside_the_levels_that_ask_for_as_many():
    def named(years: float) -> list[str]:
        return [f"{row.level} {row.kind}" for row in levels_with_years(years, YEARS)]

    assert named(0) == ["P1 rubric"]
    assert named(4) == ["P2 rubric", "P3 level"]
    assert named(5) == ["P3 rubric", "P3 level", "M3 rubric"]
    assert named(20) == ["P3 rubric"]
    assert years_of_levels(find_years(["4+ years"], YEARS)[0]) == "P2 (rubric), P3 (level)"


FINDER = LevelFinder(VOCABULARY, LADDER, ["Customer Success Management"])


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Sr. Customer Success Manager", "", [("senior", "title", ("P4",))]),
        ("Customer Success Manager", "", []),
        ("Manager, Customer Success", "", [("manager", "title", ("M3",))]),
        ("Customer Engagement Manager", "", []),
        ("Director of CSM", "", [("director", "title", ("M4",))]),
        ("CSM", "Level: P4", [("P4", "text", ("P4",))]),
        ("CSM", "Internal grade IC 3", [("IC3", "text", ("P3",))]),
        ("CSM", "Seniority: Senior", [("senior", "text", ("P4",))]),
        ("CSM", "This is an entry-level role.", [("entry level", "text", ("P1",))]),
        ("CSM", "We answer P4 incidents at night", []),
        ("CSM", "You work with senior directors of our clients", []),
        ("CSM", "You report to the Director of Customer Success", []),
    ],
)
def test_levels_are_found_where_they_are_named(title, text, found):
    levels = FINDER.find(title, [text])
    assert [(level.words, level.place, level.levels) for level in levels] == found


def test_phrases_are_decoded_once_each_in_the_order_of_the_list():
    text = ["Design save-plays.", "You will wear many different hats", "Wear many hats"]
    assert find_phrases(text, PHRASES) == [
        DecodedPhrase("wear many hats", "No one else does it", "Who owns what?", text[1]),
        DecodedPhrase("save plays", "Rescue plans", "Which may I offer?", text[0]),
    ]
    assert find_phrases(["Many people here wear hats"], PHRASES) == []


def test_text_is_cleaned_and_cut_into_sentences():
    cleaned = clean_text("A\u00a0b\u200b c\x1b[31m.\r\n\r\n• One. Two; three\n")
    assert cleaned == "A b c [31m.\n• One. Two; three"
    assert sentences(cleaned) == ["A b c [31m.", "One.", "Two;", "three"]
    assert max(map(len, sentences("word " * 1_000))) <= 600


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_no_text_is_told(text):
    with pytest.raises(InputError, match="there is no text; paste the posting"):
        clean_text(text)


def test_a_text_that_is_too_long_is_told():
    assert clean_text("x" * MAX_CHARACTERS)
    with pytest.raises(InputError, match="the text has 200,001 characters; a posting has 200,000"):
        clean_text("x" * (MAX_CHARACTERS + 1))
    # One character that is written out as eighteen.
    with pytest.raises(InputError, match="longer than 200,000 characters once spelled out"):
        clean_text("\ufdfa" * 20_000)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Job title: CSM\nAcme", "CSM"),
        ("Acme\nPosition: Cook", "Cook"),
        ("Line Cook\nThe Copper Pot", "Line Cook"),
        ("We are a long sentence that says what the company does.\nCSM", "CSM"),
        ("One long sentence only.", "One long sentence only."),
    ],
)
def test_the_title_line_is_found(text, title):
    assert title_candidates(text)[0] == title


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_a_quote_holds_the_match_and_stays_short(text, start, length):
    sentence = " ".join(text.split())
    start = min(start, len(sentence))
    end = min(len(sentence), start + length)
    shown = quote(sentence, start, end)
    assert sentence[start:end].strip() in shown
    assert len(shown) <= 145


MATCHER = Matcher(
    VOCABULARY,
    [
        Job("P2", "P2", "CSM", PRO, 2, "cs", ("Customer Success Management",),
            (KnownTitle("Customer Success Manager", "title"),)),
        Job("M4", "M4", "Director", MANAGEMENT, 5, "cs", ("Customer Success Management",)),
    ],
)  # fmt: skip
PROFILES = ProfileIndex(
    [
        ProfileText("P2", "CSM (P2)", "P2", ("Customer Success Manager",),
                    ("Holds a book of accounts from onboarding to renewal",
                     "Watches health signals and rescues unhappy accounts")),
        ProfileText("M4", "Director (M4)", "M4", ("Director of Customer Success",),
                    ("Owns the forecast of a segment and defends it",
                     "Decides who is hired and how managers grow")),
    ],
    MATCHER,
    VOCABULARY,
)  # fmt: skip


def test_a_profile_is_ranked_by_title_and_text_with_its_reasons():
    text = "Customer Success Manager\nYou hold a book of accounts from onboarding to renewals."
    best, *_ = PROFILES.rank("Customer Success Manager", text)
    assert (best.code, best.title_score) == ("P2", 0.95)
    assert best.score == round(0.6 * best.title_score + 0.4 * best.text_score, 2)
    assert {"book", "accounts", "renewals"} <= set(best.shared)
    assert best.not_mentioned == ("Watches health signals and rescues unhappy accounts",)


def test_a_misspelled_word_counts_for_what_it_resembles():
    right, wrong, none = (
        PROFILES.rank("CSM", f"hold a book of {word} among deadlines, ledgers and invoices")[0]
        for word in ("accounts", "acccounts", "dogs")
    )
    assert right.text_score > wrong.text_score > none.text_score


def test_text_about_other_work_resembles_nothing():
    text = "Line Cook\nPrep stations, cook to order, keep the kitchen clean."
    assert PROFILES.rank("Line Cook", text) == []


def test_a_score_below_the_threshold_is_not_shown():
    every = PROFILES.rank("Customer Success Manager", "Customer Success Manager")
    assert all(near.score >= MIN_SCORE for near in every)


READER = PostingReader(PHRASES, FINDER, YEARS, PROFILES)
FULL = """Senior CSM
Remote, US. You hold 20 accounts and wear many hats. Reports to the Director.
Base $90,000-$110,000, 80/20 split, uncapped, equity, medical and dental. 10% travel.
5+ years. Success is measured by net retention. Interview process: three interviews."""


def test_everything_is_read_of_a_posting_that_says_everything():
    posting = READER.read(FULL)
    assert posting.title == "Senior CSM"
    assert [c.item for c in posting.checklist if not c.found] == []
    assert len(posting.checklist) == 13
    assert posting.phrases[0].quote == "You hold 20 accounts and wear many hats."
    assert posting.years[0].label == "5+ years"


def test_what_is_left_out_says_what_to_ask():
    posting = READER.read("Customer Success Manager\nYou look after customers.")
    assert [c.item for c in posting.checklist if c.found] == []
    rows = [row for row in findings(posting) if row.part == "checklist"]
    assert rows[0].finding == "not found"
    assert rows[0].ask.startswith("What is the range for this role")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_reason(text):
    try:
        posting = READER.read(text)
    except InputError:
        return
    assert isinstance(posting, Posting)
    assert all(c.quote or c.ask for c in posting.checklist)


def test_stems_write_abbreviations_out_and_drop_possessives():
    stems = Stems(VOCABULARY.short)
    assert stems.of("Client's managers managing CSM") == [
        "custom", "manag", "manag", "custom", "success", "manag",
    ]  # fmt: skip
    assert stems.of("x" * 50) == []
