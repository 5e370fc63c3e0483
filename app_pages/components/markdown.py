"""Text from files, shown as it stands."""

import re


def escape_markdown(text: str) -> str:
    """Text from a file, so that Streamlit shows it as it is and renders no markdown."""
    in_one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=])", r"\\\1", in_one_line)
