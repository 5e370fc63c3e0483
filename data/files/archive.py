"""A zip with a table in it: which member, and unpacking it within limits."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.files.encoding import _BLOCK
from data.store.settings import limit, limit_message

#: A zip that inflates this many times over, to many megabytes, holds no table.
_RATIO, _RATIO_FROM = 200, 50_000_000


ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


def _member(name: str, members: Sequence[zipfile.ZipInfo], asked: str) -> zipfile.ZipInfo:
    found = {
        member.filename: member
        for member in members
        if member.filename.casefold().endswith(ENDINGS)
        and not member.filename.startswith("__MACOSX")
    }
    if asked:
        if asked not in found:
            raise InputError(f"{name}: holds no {asked!r}; {nearest(asked, list(found))}")
        return found[asked]
    if not found:
        raise InputError(f"{name}: holds no file that ends in {', '.join(ENDINGS)}")
    if len(found) > 1:
        raise InputError(
            f"{name}: holds {len(found)} files; say which with --member: {', '.join(found)}"
        )
    return next(iter(found.values()))


def _unpack(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    size, packed = member.file_size, max(member.compress_size, 1)
    if size > limit("TEXT_MB") * 1_000_000:
        raise InputError(f"{name}: inflates to {size / 1e6:,.0f} MB, {limit_message('TEXT_MB')}")
    if size > _RATIO_FROM and size / packed > _RATIO:
        raise InputError(
            f"{name}: inflates {size / packed:,.0f} times over, to {size / 1e6:,.0f} MB; no table "
            "does; unpack it yourself if it is one"
        )
    with archive.open(member) as packed_file, to.open("wb") as out:
        while block := packed_file.read(_BLOCK):
            out.write(block)
