"""Why a disk did not take what was to be written, in words."""

import errno

_WAYS = {
    errno.ENOSPC: "the disk is full; free some space, and do it again",
    errno.EDQUOT: "your disk quota is used up; free some space, and do it again",
    errno.EFBIG: "a file would pass the size that this process may write (ulimit -f); raise it",
    errno.EROFS: "the file system is read-only; use another folder",
    errno.EACCES: "this user may not write there; use another folder, or change its permissions",
}
#: What the system says in an error of DuckDB → what it means.
_SAID = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.EDQUOT,
    "File too large": errno.EFBIG,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
}


def in_words(error: BaseException) -> str:
    """What the disk refused, and what to do; else what the system says, empty for nothing known.

    Looks into what caused the error, since a failure to undo often hides the first one.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _WAYS:
            return _WAYS[seen.errno]
        for said, number in _SAID.items():
            if said in str(seen):
                return _WAYS[number]
        seen = seen.__cause__ or seen.__context__
    return (error.strerror or "") if isinstance(error, OSError) else ""
