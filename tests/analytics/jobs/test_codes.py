import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.jobs.codes import ProfileCode, focus_part, parse_code

CODES = st.from_regex(r"[A-Z0-9]{1,9}\.[A-Z]{1,8}[0-9A-F]{4}\.(P[1-6]|M[3-6])", fullmatch=True)


@pytest.mark.parametrize(
    ("slug", "part"),
    [
        ("customer-success", "CUSTOMERBDCB"),
        ("customer-success-customer-success-management", "CUSTOMER920B"),
    ],
)
def test_hash_rule_gives_the_two_published_focus_parts(slug, part):
    assert focus_part(slug) == part


@given(CODES)
def test_a_code_is_written_as_it_is_read(code):
    assert str(parse_code(code)) == code
    assert parse_code(f" {code.lower()} ") == parse_code(code)


def test_the_parts_of_a_code():
    assert parse_code("CUSTOM1.CUSTOMERBDCB.M6") == ProfileCode("CUSTOM1", "CUSTOMERBDCB", "M6")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "form FUNCTION.FOCUS.LEVEL"),
        ("CUSTOM1.CUSTOMERBDCB", "form FUNCTION.FOCUS.LEVEL"),
        ("CUSTOM1.CUSTOMERBDCB.M2", "'M2' is not one of"),
        ("CUSTOM1.CUSTOMERBDCG.M6", "four hex digits"),
        ("CUSTOM1.CUSTOMERSBDCB.M6", "one to eight letters"),
        ("CUSTOM-1.CUSTOMERBDCB.M6", "function 'CUSTOM-1'"),
    ],
)
def test_what_is_no_code_says_which_part_is_wrong(text, message):
    with pytest.raises(InputError, match=message):
        parse_code(text)


def test_a_slug_without_letters_has_no_code():
    with pytest.raises(InputError, match="no letter"):
        focus_part("123")
