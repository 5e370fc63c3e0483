"""Files that are no table that is read: each is named by its content, with what to do instead."""

import io
import zipfile

import pytest

from analytics.errors import InputError
from data.catalog.matcher import titles_in
from data.files.document_text import document_text
from data.files.read_table import read_table
from tests.commands import bandstand
from tests.data.loads import SAID, bring

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


FORMATS = {
    "is JSON": b'[{"organisation": "A", "base": 95000}]',
    "is JSON, which": b'\xef\xbb\xbf\n{"job": "CSM"}\n{"job": "TAM"}\n',
    "is an .xls workbook": OLE + "Workbook".encode("utf-16-le"),
    "is a workbook with a password": OLE + "EncryptedPackage".encode("utf-16-le"),
    "is a Word document": OLE + "WordDocument".encode("utf-16-le"),
    "is a Word document, which": zipped(word__document_dot_xml=b"<w/>"),
    "is an .xlsb workbook": zipped(xl__workbook_dot_bin=b"", **{"[Content_Types]_dot_xml": b""}),
    "is an .ods workbook": zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "is a document of Apple Numbers": zipped(Index__Document_dot_iwa=b""),
    "is a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "is a web page": b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>Base",
    "is a web page (HTML)": b"\xef\xbb\xbf <!-- export -->\n<TABLE border=1>",
    "is an XML spreadsheet": b"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>",
    "is XML": b"<?xml version='1.0'?><rows/>",
    "is a file packed with gzip": b"\x1f\x8b\x08\x00rest",
    "is a picture (PNG)": b"\x89PNG\r\n\x1a\n",
    "is a SQLite database": b"SQLite format 3\0rest",
}


@pytest.mark.parametrize("said", FORMATS)
def test_every_way_in_names_the_format_and_the_way_out(said):
    for name in ("pay.csv", "pay.xls"):
        with pytest.raises(InputError) as by_load:
            bring("records", FORMATS[said], SAID, name)
        with pytest.raises(InputError) as by_table:
            read_table(name, FORMATS[said])
        assert str(by_load.value) == str(by_table.value)
        assert str(by_load.value).startswith(f"{name}: {said}")
        assert "which can't be read; " in str(by_load.value)


def test_a_web_page_in_utf16_and_one_in_a_zip_are_named_too():
    page = "<html><table>".encode("utf-16")
    with pytest.raises(InputError, match="is a web page"):
        read_table("pay.csv", page)
    with pytest.raises(InputError, match=r"pay.zip, pay.csv: is a web page"):
        read_table("pay.zip", zipped(pay_dot_csv=page))


def test_lists_of_titles_and_postings_are_named_by_their_content():
    with pytest.raises(InputError, match=r"titles.txt: is a PDF"):
        titles_in("titles.txt", FORMATS["is a PDF"])
    with pytest.raises(InputError, match=r"posting.txt: is a PDF; save the text"):
        document_text("posting.txt", FORMATS["is a PDF"])
    assert document_text("posting.txt", b'{"title": "CSM"}') == '{"title": "CSM"}'


def test_a_table_whose_first_cell_is_odd_is_still_a_table():
    for heading in ("[Company]", "{Company}", "ORCID", "<Company>", "PDF", "$FLAT", "BZh"):
        table, problems = read_table("pay.csv", f"{heading},Base\nA,95000\n".encode())
        assert (table.headings, problems) == ([heading, "Base"], [])


def test_price_names_a_list_in_json(tmp_path, store):
    file = tmp_path / "jobs.json"
    file.write_bytes(FORMATS["is JSON"])
    answer = bandstand("price", str(file))
    assert answer.returncode != 0
    assert "jobs.json: is JSON, which can't be read; save its rows as CSV" in answer.stderr
