"""Who works below a manager, at any number of steps."""

from collections.abc import Iterable, Mapping


def people_below(managers: Iterable[str], manager_of: Mapping[str, str]) -> frozenset[str]:
    """The ids of everybody below one of ``managers``, who are not among them.

    ``manager_of`` is each employee's manager by id, empty where unknown; ids are told
    apart as they are written. Reports that lead back to where they began end there.
    """
    reports: dict[str, list[str]] = {}
    for employee, manager in manager_of.items():
        reports.setdefault(manager, []).append(employee)
    tops = {name for name in managers if name}
    below: set[str] = set()
    waiting = list(tops)
    while waiting:
        for employee in reports.get(waiting.pop(), ()):
            if employee not in below and employee not in tops:
                below.add(employee)
                waiting.append(employee)
    return frozenset(below)
