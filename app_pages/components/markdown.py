"""Text from files, shown as it stands."""

import re

#: Where Streamlit would make a link, an icon or an emoji of text, even of escaped text.
_AUTOMATIC = re.compile(r"(?<=:)(?=[\w/+])|(?<=\bwww)(?=\.)|(?=@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def escape_markdown(text: str) -> str:
    """Text from a file, so that Streamlit shows it as it is and renders no markdown."""
    in_one_line = " ".join(text.split())
    inert = _AUTOMATIC.sub(_WORD_JOINER, in_one_line)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=])", r"\\\1", inert)
