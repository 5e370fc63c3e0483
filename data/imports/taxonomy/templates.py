"""Templates of a taxonomy's files, filled with a small example."""

import io
import zipfile

from data.imports.taxonomy.files import FOLDER, Spec, specs

_FIXED = (2026, 1, 1, 0, 0, 0)


def taxonomy_files() -> dict[str, bytes]:
    """The example taxonomy's files by name, and a text that explains each column."""
    files = {spec.file: (FOLDER / spec.file).read_bytes() for spec in specs().values()}
    return {"COLUMNS.txt": _explain(list(specs().values())).encode(), **files}


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one zip, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), content)
    return out.getvalue()


def _explain(files: list[Spec]) -> str:
    lines = ["An example of another function; replace it with your own.", ""]
    for spec in files:
        needed = "" if spec.needed else " May be left out."
        lines += [f"{spec.file}: {spec.about}{needed}"]
        lines += [
            f"  {name}: {meaning}{' May be empty.' if spec.units[name].endswith('?') else ''}"
            for name, meaning in spec.meanings.items()
        ]
        lines.append("")
    return "\n".join(lines)
