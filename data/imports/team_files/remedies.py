"""What a message tells the user to do: in the words of a command, and in those of the Import page.

Messages name options of `bandstand load`. The page has the same remedies as
inputs: here stands what each is called there, and which question asks for it.
"""

import re
from collections.abc import Iterable

from data.files.problems import Problem
from data.files.workbook_formulas import UNSAVED_REASON, UNSAVED_REMEDY
from data.imports.team_files.layout import Question
from data.imports.team_files.pay_periods import PERIODS
from data.imports.team_files.period_questions import HOURS_LABELS, OTHER_PAY_LABELS

READ_AS = "How the file is read"
#: The words of a command as a pattern → those of the page.
_PAGE_WORDS = {
    r"such as --map-level 'P4=.*'": "beside the level column in step 2",
    r"use --dates excel": "choose “day numbers of Excel” beside the column",
    r"--bare-years 01-01 reads it as that day": "say beside the column which day it means",
    r"--years-from 1950 reads it as one of 1950 to 2049": (
        "say beside the column which hundred years it is in"
    ),
    r"--map-period month=NAME says what it is": "say beside the column which period it is",
    r"--set pay_period=year fills empty ones": "say in step 2 what period empty ones are",
    r"--set hours_per_week=40 fills empty ones": "give the hours of empty ones in step 2",
    r"--other-pay-per says of which": "say beside the column of which",
    r"--hours-per says what they are of": "say beside the column what they are of",
    r"--map-(?:status|pay-type|weighting) says which it is": "say beside the column which it is",
    r"--map person_id=HEADING": "say in step 2 which column has the person's number",
    r"--currency-signs ignore reads it in the row's": "say in step 2 that it is in the row's",
    r" \(--weighting incumbent or organization\)": "",
    r"choose one with --member": f"name one under “{READ_AS}”",
    r"name its encoding with --encoding(?: utf-16-le)?": f"choose its encoding under “{READ_AS}”",
    r"--encoding reads all lines alike": (
        f"an encoding chosen under “{READ_AS}” reads all lines alike"
    ),
    r"without --encoding each line": f"with none chosen under “{READ_AS}” each line",
    r"choose one with --sheet": f"choose one under “{READ_AS}”",
    r"Name the header's row, or map the columns to fields; a file that has no header needs "
    r"--no-header and --map FIELD=NUMBER OF THE COLUMN": (
        f"Under “{READ_AS}”, give the row of the headings, or say that there is none; "
        "or choose another kind of file"
    ),
    r"save one with --save-map": "save one again in step 3",
    r"give it with --year": "put it into the file's name",
    r"; leave out --year": "",
    r"--reject-to FILE lists them all": "the file of rows left out has all",
    r"'bandstand template taxonomy' writes (an example|examples)": r"“Download templates” has \1",
    r"'bandstand match' finds its code": "“Find a job” has its code",
    r"'bandstand reapply [^']*' restores it": "“Restore” brings it back",
}

_HUNDREDS = tuple((str(year), f"{year} to {year + 99}") for year in (1930, 1950, 1970, 2000))
_DAYS = (("01-01", "1 January"), ("07-01", "1 July"), ("12-28", "28 December"))
_SIGNS = (("ignore", "the currency of their row"), ("refuse", "leave these rows out"))
_PERIODS = tuple((period, period) for period in PERIODS)
#: What a reason names → the question that the page asks in its place.
_ASKED = {
    "--dates excel": Question(
        "dates", "some dates are day numbers of Excel", "", (("excel", "day numbers of Excel"),)
    ),
    "--bare-years": Question("bare_years", "a year alone means", "", _DAYS),
    "--years-from": Question("years_from", "years of two digits are in", "", _HUNDREDS),
    "--set pay_period": Question("pay_period", "an empty pay period means", "", _PERIODS),
    "--set hours_per_week": Question("hours_per_week", "hours are missing in some rows", ""),
    "--other-pay-per": Question("other_pay_per", "other pay is of", "", OTHER_PAY_LABELS),
    "--currency-signs ignore": Question(
        "currency_signs", "amounts that show another currency than their row", "", _SIGNS
    ),
    "--hours-per": Question("hours_per", "the hours are of", "", tuple(HOURS_LABELS.items())),
}


def page_words(text: str) -> str:
    """A message with its remedy in the words of the Import page."""
    for pattern, words in _PAGE_WORDS.items():
        text = re.sub(pattern, words, text)
    return text


def page_questions(problems: Iterable[Problem]) -> list[Question]:
    """What the page asks so that rows with these problems can be read; nothing has to be answered.

    Periods that are not known are asked one by one.
    """
    asked: dict[str, Question] = {}
    for problem in problems:
        if "--map-period" in problem.reason:
            text = f"{problem.value!r} is a pay period of"
            key = f"period {problem.value.strip()}"
            asked.setdefault(key, Question(key, text, "", _PERIODS))
        for option, question in _ASKED.items():
            if option in problem.reason:
                asked.setdefault(question.key, question)
    return list(asked.values())


def row_remedy(reason: str, is_no_data: bool) -> str:
    """What to do about a row that is left out, on the page."""
    if is_no_data:
        return "none needed: it is no row of data"
    if "--map-period" in reason or any(option in reason for option in _ASKED):
        return "answer in step 2"
    if UNSAVED_REASON in reason:
        return f"{UNSAVED_REMEDY}, then choose it again"
    return "correct it in the file of rows left out"
