"""Why a disk did not take what was to be written, in words."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from analytics.errors import BandstandError, StoreError

_WAYS = {
    errno.ENOSPC: "the disk is full; free some space, and do it again",
    errno.EDQUOT: "your disk quota is used up; free some space, and do it again",
    errno.EFBIG: "a file would pass the size that this process may write (ulimit -f); raise it",
    errno.EROFS: "the file system is read-only; use another folder",
    errno.ENOMEM: "memory is used up; BANDSTAND_STORE_MEMORY_MB and BANDSTAND_STAGE_MEMORY_MB say "
    "how much may be used",
    errno.EACCES: "this user may not write there; use another folder, or change its permissions",
}
DISK_ERRORS = frozenset(_WAYS)
#: What the system says in an error of DuckDB → what it means.
_SAID = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.EDQUOT,
    "File too large": errno.EFBIG,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
    "Out of Memory Error": errno.ENOMEM,
}


@contextmanager
def told_in_words() -> Iterator[None]:
    """Raise `StoreError` in words in place of what the disk refused."""
    try:
        yield
    except Exception as error:
        if isinstance(error, BandstandError) or not (cause := _cause(error)):
            raise
        raise StoreError(f"{_where(cause)}{_WAYS[_number(cause)]}") from error


def in_words(error: BaseException) -> str:
    """What the disk refused, and what to do; else what the system says, empty for nothing known."""
    if cause := _cause(error):
        return _WAYS[_number(cause)]
    return (error.strerror or "") if isinstance(error, OSError) else ""


def _cause(error: BaseException) -> BaseException | None:
    """What the disk refused, among an error and what led to it.

    A failure to undo often hides the first one.
    """
    seen: BaseException | None = error
    while seen is not None and not _number(seen):
        seen = seen.__cause__ or seen.__context__
    return seen


def _number(error: BaseException) -> int:
    """The system's number of an error that is known here; 0 for others."""
    if isinstance(error, OSError):
        return error.errno if error.errno in _WAYS else 0
    return next((number for said, number in _SAID.items() if said in str(error)), 0)


def _where(error: BaseException) -> str:
    """The file of an error with a colon, where it names one."""
    if isinstance(error, OSError):
        return f"{error.filename}: " if error.filename else ""
    named = re.search(r'file "([^"]+)"', str(error))
    return f"{named[1]}: " if named else ""
