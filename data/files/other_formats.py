"""Files of formats that are not read: what they are by their content, whatever their name says."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from data.files.encoding import decoded
from data.files.problems import FileError

#: Bytes at the start of a file that tell what it is.
START = 1 << 12
#: Old Office files, and new ones with a password, are all of this container.
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_MOST = 1 << 26


@dataclass(frozen=True)
class OtherFormat:
    """A format that is not read: its name with an article, and what to do instead."""

    what: str
    remedy: str

    def error(self, name: str) -> FileError:
        """The refusal of a file of this format."""
        return FileError(name, f"is {self.what}, which can't be read", self.remedy)


_AS_TABLE = "save it as .xlsx or CSV"
_UNPACK = "unpack it first; a .zip is read as it is"
_EXPORT = "export its table as CSV, Excel or Parquet"
_PICTURE = "ask for the table itself, as CSV or Excel"
_JSON = OtherFormat(
    "JSON",
    "save its rows as CSV, Excel or Parquet, one row a record; a pricing.json is priced again, "
    "not loaded",
)
_XLS = OtherFormat("an .xls workbook", _AS_TABLE)
_HTML = OtherFormat(
    "a web page (HTML), whatever its name says", "open it in Excel and save it as .xlsx or CSV"
)
_XML_SHEET = OtherFormat("an XML spreadsheet of Excel 2003", _AS_TABLE)
#: What the first bytes are → the format.
_MARKS: tuple[tuple[bytes, OtherFormat], ...] = (
    (b"%PDF", OtherFormat("a PDF", "get the table as CSV or Excel from where the PDF was made")),
    (b"{\\rtf", OtherFormat("a document (RTF)", "save its table as .xlsx or CSV")),
    (b"\x1f\x8b", OtherFormat("a file packed with gzip", _UNPACK)),
    (b"7z\xbc\xaf", OtherFormat("a 7z archive", _UNPACK)),
    (b"Rar!\x1a", OtherFormat("a RAR archive", _UNPACK)),
    (b"BZh91AY", OtherFormat("a file packed with bzip2", _UNPACK)),
    (b"\xfd7zXZ", OtherFormat("a file packed with xz", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", OtherFormat("a file packed with zstd", _UNPACK)),
    (b"\x89PNG", OtherFormat("a picture (PNG)", _PICTURE)),
    (b"\xff\xd8\xff", OtherFormat("a picture (JPEG)", _PICTURE)),
    (b"GIF8", OtherFormat("a picture (GIF)", _PICTURE)),
    (b"SQLite format 3\0", OtherFormat("a SQLite database", _EXPORT)),
    (b"ARROW1\0", OtherFormat("an Arrow (Feather) file", "save it as Parquet or CSV")),
    (b"Obj\x01", OtherFormat("an Avro file", "save it as Parquet or CSV")),
    (b"$FL2@(#)", OtherFormat("an SPSS file", _EXPORT)),
    (b"<stata_dta>", OtherFormat("a Stata file", _EXPORT)),
    (b"MIME-Version:", OtherFormat("a web archive (MHTML)", _HTML.remedy)),
)
#: Patterns of a text's start → the format.
_TEXTS: tuple[tuple[re.Pattern[bytes], OtherFormat], ...] = (
    (re.compile(rb'(\{\s*("|\})|\[\s*(\{|\[|"|\]))'), _JSON),
    (re.compile(rb"<\?xml[^>]*>\s*(<\?mso-application[^>]*>|<Workbook\b)", re.I), _XML_SHEET),
    (re.compile(rb"(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|style|meta)\b",
                re.I | re.S), _HTML),
    (re.compile(rb"<\?xml\b", re.I), OtherFormat("XML", _EXPORT)),
)  # fmt: skip
_OLE_STREAMS = (
    ("EncryptedPackage", OtherFormat("a workbook with a password", "save it without a password")),
    ("Workbook", _XLS),
    ("WordDocument", OtherFormat("a Word document", "save its table as .xlsx or CSV")),
    ("PowerPoint Document", OtherFormat("a presentation", "save its table as .xlsx or CSV")),
)
#: A member of a zip → the format that the zip is.
_MEMBERS = (
    ("xl/workbook.bin", OtherFormat("an .xlsb workbook", _AS_TABLE)),
    ("Index/Document.iwa", OtherFormat("a document of Apple Numbers or Pages",
                                       "export it there as Excel or CSV")),
    ("word/document.xml", OtherFormat("a Word document", "save its table as .xlsx or CSV")),
    ("ppt/presentation.xml", OtherFormat("a presentation", "save its table as .xlsx or CSV")),
)  # fmt: skip
_OPEN_DOCUMENTS = (
    (b"opendocument.spreadsheet", OtherFormat("an .ods workbook", _AS_TABLE)),
    (b"opendocument.text", OtherFormat("an .odt document", "save its table as .xlsx or CSV")),
)


def binary_format(content: bytes) -> OtherFormat | None:
    """What a content is by its first bytes, if it is of a format that is not read."""
    if content.startswith(_OLE):
        found = (other for name, other in _OLE_STREAMS if name.encode("utf-16-le") in content)
        return next(found, _XLS)
    return next((other for mark, other in _MARKS if content.startswith(mark)), None)


def other_format(content: bytes) -> OtherFormat | None:
    """The same of a content that is to be a table; JSON, HTML and XML are none either."""
    if other := binary_format(content):
        return other
    start = content[:START].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "ignore").encode()
    text = start.lstrip()
    return next((other for pattern, other in _TEXTS if pattern.match(text)), None)


def is_json_object(content: bytes) -> bool:
    """Whether a content is a JSON object, such as a pricing.json, in any encoding."""
    return (
        other_format(content) is _JSON
        and decoded(content[:START]).lstrip("\ufeff \t\r\n")[:1] == "{"
    )


def refuse_other_formats(name: str, path: Path) -> None:
    """Raise `FileError` that names the format of a file that is not read."""
    with path.open("rb") as file:
        start = file.read(START)
        if start.startswith(_OLE):
            start += file.read(_OLE_MOST)
    if other := other_format(start):
        raise other.error(name)


def refuse_other_archives(name: str, archive: zipfile.ZipFile) -> None:
    """Raise `FileError` if a zip is a document of another kind than a workbook or a table."""
    names = set(archive.namelist())
    other = next((other for member, other in _MEMBERS if member in names), None)
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            said = member.read(100)
        other = next((form for mark, form in _OPEN_DOCUMENTS if mark in said), other)
    if other:
        raise other.error(name)
