"""Text from files, shown as it stands."""

import re


def plain(text: str) -> str:
    """Text from a file, so that Streamlit shows it as it is and renders no markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\\\1", text)
