"""Finding a Chromium: the system's own, else the one that Playwright installed."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from data.files.pdf import ENVIRONMENT
from data.files.pdf import find_chromium as find_system_chromium

#: The same engine without the windows around it, whose own pages cost a third as much again.
SHELL = "chromium-headless-shell"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


def find_chromium() -> str | None:
    """The browser's path, or None when there is none: the one named, the shell, any other."""
    if ENVIRONMENT not in os.environ and (shell := shutil.which(SHELL)):
        return shell
    if found := find_system_chromium():
        return found
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


if __name__ == "__main__":
    sys.exit(0 if find_chromium() else 1)
