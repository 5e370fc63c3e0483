"""The text of documents: plain, Markdown, HTML; other files are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from data.files.document_text import MAX_BYTES, document_text

HTML = b"""<!doctype html><html><head><title>Tab</title><style>p { color: red }</style>
<body><h1>Senior&nbsp;CSM</h1><p>Base <b>$100,000</b>
&ndash; $120,000</p><script>alert("x")</script><ul><li>One<li>Two</ul><!-- note -->
<svg><text>logo</text></svg>done</body></html>"""


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def test_html_becomes_the_lines_that_a_reader_sees():
    assert lines(document_text("a.html", HTML)) == [
        "Senior CSM", "Base $100,000 – $120,000", "One", "Two", "done",
    ]  # fmt: skip


def test_markdown_loses_emphasis_and_link_targets():
    text = document_text("a.MD", b"# CSM\n**Pay:** `$1` [apply](https://example.invalid/x)")
    assert text == "# CSM\nPay: $1 apply"


def test_plain_text_stays_as_it_is_in_any_encoding():
    assert document_text("a.txt", "£30k **x** <b>".encode("cp1252")) == "£30k **x** <b>"
    assert document_text("stdin", "\ufeffÜ".encode()) == "Ü"
    assert document_text("a.txt", "Ü".encode("utf-16")) == "Ü"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"x", "a.csv: a .csv file is a table of many rows, not the text of one posting"),
        ("a.pdf", b"x", "a.pdf: .pdf files are not read; save the text as .txt, .md or .html"),
        ("a.txt", b"a\0b", "a.txt: holds NUL characters, so it is not text"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "a.txt: is over 5 MB"),
    ],
)
def test_other_files_are_refused_with_the_reason(name, content, said):
    with pytest.raises(InputError) as error:
        document_text(name, content)
    assert said in str(error.value)


@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.md", "a.txt"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        text = document_text(name, content)
    except InputError:
        text = ""
    assert isinstance(text, str)
