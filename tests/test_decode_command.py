"""`bandstand decode`: a posting from a file or from stdin."""

import json

import pytest

from tests.commands import Answer, bandstand

POSTING = """Senior Customer Success Manager
Remote. Base $90,000-$110,000 USD a year, 80/20, uncapped.
5+ years. You report to the Director of Customer Success.
"""

pytestmark = pytest.mark.usefixtures("store")


def decode(*words: str, stdin: bytes = b"") -> Answer:
    return bandstand("decode", *words, stdin=stdin)


def test_a_file_is_decoded_as_text_and_nothing_is_logged(tmp_path, store):
    file = tmp_path / "posting.md"
    file.write_text("# " + POSTING, encoding="utf-8")
    log = store.with_name(store.name + ".audit.jsonl")
    before = log.read_bytes() if log.exists() else b""
    answer = decode(str(file))
    assert answer.returncode == 0, answer.stderr
    text = answer.stdout
    assert text.startswith("Title\n- Senior Customer Success Manager\n")
    assert "- base · $90,000–$110,000 a year, USD" in text
    assert "- Interview steps · not found" in text
    assert (log.read_bytes() if log.exists() else b"") == before


def test_stdin_is_decoded_as_json():
    answer = decode("-", "--format", "json", stdin=POSTING.encode())
    sheet = json.loads(answer.stdout)
    assert sheet["title"] == "Senior Customer Success Manager"
    assert sheet["resembles"][0]["code"] == "CUSTOM1.CUSTOMER920B.P3"
    shown = "Base $90,000-$110,000 USD a year, 80/20, uncapped."
    assert sheet["pay_words"][0] == {"kind": "split", "value": "80/20", "quote": shown}


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        ("a.csv", b"title\nx\n", [], "a .csv file is a table of many rows"),
        ("a.txt", b"  \n", [], "there is no text; paste the posting"),
        ("a.txt", b"x" * 200_001, [], "the text has 200,001 characters"),
        ("a.txt", b"x", ["--format", "yaml"], "no format 'yaml'"),
        (None, b"", [], "can't be read"),
    ],
)
def test_bad_input_is_told_on_stderr_with_exit_code_2(tmp_path, name, content, words, said):
    file = tmp_path / (name or "missing.txt")
    if name:
        file.write_bytes(content)
    answer = decode(str(file), *words)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert not answer.stdout


def test_control_characters_of_a_posting_do_not_reach_the_terminal():
    answer = decode("-", stdin=b"Line Cook\n\x1b[31mPay $20 an hour\x07")
    assert "\x1b" not in answer.stdout
    assert "\x07" not in answer.stdout
    assert "$20.00 an hour" in answer.stdout


def test_help_shows_an_example():
    assert "Example: bandstand decode" in decode("--help").stdout
