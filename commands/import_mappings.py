"""How a file is read, saved under a name and used again."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from analytics.errors import InputError
from commands.shared import change_store, read_bytes, read_store

if TYPE_CHECKING:
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.report import Report


def saved_options(kind: str, words: list[str]) -> "ImportOptions":
    """Options from the files and saved mappings of --map, then FIELD=HEADING on top."""
    from data.imports.team_files.options import ImportOptions
    from data.store import saved_work
    from queries import run as ask

    options = ImportOptions()
    mapped = []
    for word in words:
        if _is_file(word):
            options = ImportOptions.from_json(read_bytes(Path(word)).decode("utf-8", "replace"))
        elif "=" in word:
            mapped.append(word)
        else:
            saved = read_store(lambda con: ask(con, "saved_work", kind=f"mapping {kind}"))
            options = ImportOptions.from_json(saved_work.find(saved, word))
    return replace(options, columns={**options.columns, **pairs("--map", mapped)})


def _is_file(word: str) -> bool:
    """Whether a word is the path of a file; words that no path can be are none."""
    try:
        return Path(word).is_file()
    except (OSError, ValueError):
        return False


def pairs(option: str, words: list[str]) -> dict[str, str]:
    """The values of FIELD=VALUE words by field; raises `InputError`."""
    for word in words:
        if "=" not in word:
            raise InputError(f"{option} {word!r}: write it as FIELD=…")
    return dict(word.split("=", 1) for word in words)


def own_names(option: str, words: list[str]) -> dict[str, str]:
    """What each name of the team's own is, from OURS=OWN words; raises `InputError`."""
    if wrong := next((word for word in words if not all(word.partition("=")[::2])), ""):
        raise InputError(f"{option} {wrong!r}: write it as OURS=OWN, Bandstand's name first")
    return {own: ours for ours, _, own in (word.partition("=") for word in words)}


def own_levels(words: list[str]) -> dict[str, str]:
    """What each level of the team's own is, from P4=Senior words; raises `InputError`."""
    return {own: level.upper() for own, level in own_names("--map-level", words).items()}


def save_mapping(kind: str, name: str, report: "Report") -> None:
    """Save how a file is read, as the next version of a mapping."""
    from data.store import saved_work

    mapping = report.layout.as_options().to_json()
    version = change_store(
        lambda con: saved_work.save(con, f"mapping {kind}", name, mapping, f"from {report.file}")
    )
    typer.echo(f"mapping {name!r}, version {version}", err=True)
