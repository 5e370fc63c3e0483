"""Who of a roster has left, and what to say of status and termination date.

A termination date that has not passed is still staff. One that has passed tells a
leaver, unless the person was hired again since, or the roster is of a later day and
says that the person works there. `loaded_roster.sql` asks the same of stored people.
"""

from collections.abc import Collection

from data.imports.team_files.known_words import ACTIVE, LEFT, ON_LEAVE
from data.imports.team_files.validation_rules import Rule

_TODAY = "current_date"
_HERE = f"v_status in ('{ACTIVE}', '{ON_LEAVE}')"
_PASSED = f"v_termination_date < {_TODAY}"
#: The date is of an earlier employment.
_REHIRED = "v_termination_date < v_hire_date"
_CONTRADICTED = f"({_HERE} and v_termination_date < v_as_of)"
_BY_STATUS = f"coalesce(v_status, '') = '{LEFT}'"
_AHEAD = f"v_termination_date >= {_TODAY}"
HAS_LEFT = (
    f"coalesce(not ({_AHEAD}), true) and ({_BY_STATUS} or coalesce({_PASSED} "
    f"and not coalesce({_REHIRED}, false) and not coalesce({_CONTRADICTED}, false), false))"
)


def leaver_warnings(mapped: Collection[str]) -> list[Rule]:
    """What the report says of leavers, one sentence each."""
    if not {"status", "termination_date"} & set(mapped):
        return []
    gone = "left, by status or termination date: kept, and not counted as today's staff"
    rules = [Rule("", HAS_LEFT, gone)]
    if "termination_date" in mapped:
        rules += [
            Rule("", _AHEAD, "a termination date that has not passed: still counted as staff"),
            Rule("", f"not ({_BY_STATUS}) and coalesce({_REHIRED} or {_CONTRADICTED}, false)",
                 "a termination date before the hire date, or before a roster that says active "
                 "or on leave: taken for an earlier employment, and counted as staff"),
        ]  # fmt: skip
    return rules
