"""The words of sums and averages as sheets write them, as patterns of a cell in lower case.

English and German. In the language of RE2, so that DuckDB reads them.
"""

_SUB = r"(sub ?-? ?totals?|zwischensummen?)"
_END = r"( ?[:.])?"
_WORDS = (
    r"(sums?|averages?|mean|median|count|head ?count|gesamt|insgesamt|summen?|durchschnitt"
    r"|mittelwert|anzahl)"
)
#: Nobody and no employer is called so, whatever else the row says.
_SURELY = (
    rf"((grand ?totals?|gesamtsummen?|endsummen?|{_SUB}){_END}"
    rf"|.+ {_SUB}{_END}|{_SUB} ?[:–-] ?.+|{_SUB} .+)"
)
#: A longer title: somebody works on what its first words name.
_WORK = (
    r"manager|analyst|accountant|specialist|clerk|lead|leader|engineer|director|head|officer"
    r"|coordinator|associate|assistant|consultant|administrator|auditor|controller|developer"
    r"|expert|partner|owner|president|executive|representative|technician|intern"
    r"|leiter|leiterin|sachbearbeiter|sachbearbeiterin|referent|referentin|buchhalter"
    r"|buchhalterin|entwickler|entwicklerin|berater|beraterin"
)
_JOB = rf".*\b({_WORK})s?\b.*"
#: The word alone, or with the figure: Headcount: 6.
ALONE = (
    rf"((grand |overall |report )?totals?|{_SUB}|{_WORDS}){_END}"
    rf"|(totals?|{_WORDS})( ?[:=] ?| ?\(| )[0-9][0-9.,]*\)?"
)
#: A sum of something: Average of all, Summe aller.
OF = (
    r"(totals?|sums?|averages?|mean|median|count|headcount|number) (of|for) .+"
    r"|(summe|durchschnitt|mittelwert|anzahl) ((von|der|über|für) .+|alle.*)"
)
#: Total Alpha and Alpha Total may be names, unless nothing else names the row.
NAMED = r"(grand |sub ?-? ?)?totals?\b.+|.+\b(sub ?-? ?)?totals?[:.]?|(gesamt|summe) .+"
#: What Total Alpha or Alpha Total is of, as the group of either pattern.
BEFORE = r"^(?:grand )?(?:totals?|sum|average|mean|median|gesamt|summe|durchschnitt):? (.+)$"
AFTER = r"^(.+) (?:totals?|average|median|gesamt|summe|durchschnitt)[:.]?$"
#: Work that is called so, though a function may have the name of the rest.
NO_NAMES = ("rewards", "reward", "compensation", "quality", "care", "wellbeing", "experience")
#: Beginnings that spare nearly all other cells the patterns.
STARTS = (
    *("sum", "ave", "mea", "med", "cou", "hea", "num"),
    *("ges", "ins", "end", "dur", "mit", "anz"),
)
#: What a cell that begins otherwise has somewhere, in either case: total, summe.
INSIDE = ("otal", "OTAL", "umme", "UMME")


def surely(text: str) -> str:
    """SQL of whether a text names a sum and nothing else."""
    return f"(regexp_full_match({text}, '{_SURELY}') and not regexp_full_match({text}, '{_JOB}'))"
