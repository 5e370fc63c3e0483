"""Limits on files and memory, each of which an environment variable can change."""

import os

from analytics.errors import InputError

#: Limit → its default, and its unit in words. `BANDSTAND_` and the name is its variable.
LIMITS = {
    "TEXT_MB": (4_000, "megabytes of a text file, unpacked"),
    "TABLE_MB": (64, "megabytes of a text file that is read whole"),
    "WORKBOOK_MB": (400, "megabytes of a workbook, unpacked"),
    "WORKBOOK_CELLS": (40_000_000, "cells up to the furthest one of a workbook"),
    "WORKBOOK_MEMORY_MB": (3_000, "megabytes of memory for reading a workbook"),
    "WORKBOOK_SECONDS": (120, "seconds for reading a workbook"),
    "UPLOADS_MB": (200, "megabytes of uploads of one open page"),
    "ALL_UPLOADS_MB": (600, "megabytes of uploads of all open pages"),
    "CELL_CHARACTERS": (10_000, "characters of a cell"),
    "COLUMNS": (2_000, "columns of a table"),
    "STORE_MEMORY_MB": (2_000, "megabytes of memory for the store; more goes to disk"),
    "RECORDS_SECONDS": (600, "seconds for a statement of pay records on another engine"),
    "STAGE_MEMORY_MB": (500, "megabytes of memory for checking a file; more goes to disk"),
}


def limit(name: str) -> int:
    """The value of a limit: from its variable if set, else the default; raises `InputError`."""
    default, unit = LIMITS[name]
    text = os.environ.get(variable(name), "")
    if not text:
        return default
    if not text.isdigit() or int(text) < 1:
        raise InputError(f"{variable(name)}={text}: use a whole number above 0 ({unit})")
    return int(text)


def variable(name: str) -> str:
    """The environment variable that sets a limit."""
    return f"BANDSTAND_{name}"


def limit_message(name: str) -> str:
    """The words for a message that a limit was passed, and how to change it."""
    return f"over the limit of {limit(name):,} {LIMITS[name][1]}; {variable(name)} changes it"
