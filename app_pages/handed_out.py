"""Files that were made for somebody: whoever else knows their address may not have them."""

from collections import OrderedDict
from threading import Lock

# The name that a file has in its address; not public, so a test holds that it is as here.
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

_MOST = 10_000
_made_for: OrderedDict[str, set[str]] = OrderedDict()
_lock = Lock()


def hand_out(content: bytes, mime: str, file: str, name: str) -> None:
    """Note that a file was made for a user."""
    with _lock:
        _made_for.setdefault(_calculate_file_id(content, mime, file), set()).add(name)
        while len(_made_for) > _MOST:
            _made_for.popitem(last=False)


def may_fetch(address: str, name: str) -> bool:
    """Whether a user may have the file at an address; files made for nobody are everybody's."""
    file_id = address.rsplit("/", 1)[-1].split(".", 1)[0]
    with _lock:
        return name in _made_for.get(file_id, {name})
