"""Who works below whom."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.people.reports import people_below

IDS = [str(i) for i in range(8)]


def test_reports_of_reports_are_below():
    manager_of = {"ann": "", "bob": "ann", "cy": "bob", "di": "ann", "ed": "other"}
    assert people_below(["ann"], manager_of) == {"bob", "cy", "di"}
    assert people_below(["bob"], manager_of) == {"cy"}
    assert people_below(["cy"], manager_of) == set()
    assert people_below([""], manager_of) == set()


def test_a_circle_ends():
    assert people_below(["a"], {"a": "c", "b": "a", "c": "b"}) == {"b", "c"}


@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from(["", *IDS])), st.sampled_from(IDS))
def test_everybody_below_has_a_way_up(manager_of, top):
    def leads_up(name: str) -> bool:
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            name = manager_of.get(name, "")
            if name == top:
                return True
        return False

    expected = {name for name in manager_of if name != top and leads_up(name)}
    assert people_below([top], manager_of) == expected
