"""A page of HTML as PDF, printed by a Chromium of the machine's own."""

import os
import shutil
import subprocess
from pathlib import Path

from analytics.errors import InputError
from data.files.scratch import scratch_folder

#: Names that a Chromium goes by, and the setting that says where another one is.
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ENVIRONMENT = "BANDSTAND_CHROMIUM"
_SECONDS = 90
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
)


def find_chromium() -> str | None:
    """The path of the Chromium that ``BANDSTAND_CHROMIUM`` names, else of one on the path."""
    if named := os.environ.get(ENVIRONMENT):
        return shutil.which(named)
    return next((found for name in CHROMIUMS if (found := shutil.which(name))), None)


def html_to_pdf(html: str) -> bytes:
    """The page as it prints; raises `InputError` where no Chromium is there or it fails."""
    chromium = find_chromium()
    if chromium is None:
        named = os.environ.get(ENVIRONMENT)
        missing = f"{ENVIRONMENT}={named} is no program" if named else "no Chromium was found"
        raise InputError(
            f"a PDF needs Chromium or Chrome, and {missing}; install one, set {ENVIRONMENT} to "
            "its path, or write HTML instead and print it from a browser"
        )
    with scratch_folder() as folder:
        page, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        said = _print(chromium, page, printed)
        if not printed.exists():
            raise InputError(
                f"{chromium} made no PDF: {said or 'it said nothing'}; write HTML instead and "
                "print it from a browser"
            )
        return printed.read_bytes()


def _print(chromium: str, page: Path, printed: Path) -> str:
    """Print a page to a file; returns the last line that the browser said."""
    # Root may not have Chromium's sandbox; the page is Bandstand's own and runs no script.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    words = [
        *(chromium, *_ARGUMENTS, *root),
        *(f"--user-data-dir={page.parent / 'profile'}", f"--print-to-pdf={printed}"),
        page.as_uri(),
    ]
    try:
        done = subprocess.run(words, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
