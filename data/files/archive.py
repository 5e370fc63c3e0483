"""A zip with a table in it: which member, and unpacking it within limits."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from analytics.suggestions import nearest
from data.files.problems import FileError
from data.store.settings import limit, limit_message

#: Endings of the members that can contain a table.
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")
#: A zip that inflates this many times over, to this many bytes, contains no table.
_RATIO, _RATIO_FROM = 200, 50_000_000
_BLOCK = 1 << 22


def choose_member(
    name: str, members: Sequence[zipfile.ZipInfo], member: str = ""
) -> zipfile.ZipInfo:
    """The member with that name, or the only one that can contain a table.

    Raises `FileError` if there is none, or if there are several.
    """
    tables = {
        info.filename: info
        for info in members
        if info.filename.casefold().endswith(ENDINGS) and not info.filename.startswith("__MACOSX")
    }
    if member:
        if member not in tables:
            raise FileError(name, f"contains no file {member!r}", nearest(member, list(tables)))
        return tables[member]
    if not tables:
        raise FileError(name, f"contains no file that ends in {', '.join(ENDINGS)}", "add one")
    if len(tables) > 1:
        raise FileError(
            name,
            f"contains {len(tables)} files: {', '.join(tables)}",
            "choose one with --member, or zip it alone",
        )
    return next(iter(tables.values()))


def unpack(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, size_limit: str
) -> None:
    """Unpack a member to the file ``to``; raises `FileError` if it inflates too far.

    ``size_limit`` names the limit of its size in megabytes.
    """
    size, packed = member.file_size, max(member.compress_size, 1)
    if size > limit(size_limit) * 1_000_000:
        raise FileError(name, f"inflates to {size / 1e6:,.0f} MB, {limit_message(size_limit)}")
    if size > _RATIO_FROM and size / packed > _RATIO:
        raise FileError(
            name,
            f"inflates {size / packed:,.0f} times over, to {size / 1e6:,.0f} MB, as no table does",
            "unpack it first if it is a table",
        )
    with archive.open(member) as packed_file, to.open("wb") as out:
        while block := packed_file.read(_BLOCK):
            out.write(block)
