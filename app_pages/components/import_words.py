"""Messages about a file, in the words of the Import page."""

from app_pages.components.markdown import escape_markdown
from data.imports.team_files.file_types import Field
from data.imports.team_files.remedies import page_words

_LABELS = {
    "as_of": "effective date",
    "basis": "pay basis",
    "fte": "FTE",
    "n": "number of people (n)",
    "organisation": "organization",
    "organisations": "number of organizations",
    "size": "organization size",
}


def page_text(text: str) -> str:
    """A message as a sentence that Streamlit shows as it stands, its remedy one of the page."""
    words = page_words(text)
    is_name = "." in words.split(":")[0].split(" ")[0]  # of a file, which stays as it is
    return escape_markdown(words if is_name else words[:1].upper() + words[1:])


def field_label(field: Field) -> str:
    """What a field is called within a sentence."""
    return _LABELS.get(field.name, field.label)


def field_choice(field: Field) -> str:
    """What a field is called in a list of choices."""
    label = field_label(field)
    return label[:1].upper() + label[1:]


def about_field(field: Field) -> str:
    """What a field is, where the page lists its values beside it."""
    if field.unit == "basis":
        return "What the figures are of; needed where no heading names it."
    return field.about
