"""The examples of docs/api.md run, and leave out no public function or class of analytics."""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import analytics
from tests.conftest import HOME

API = (HOME / "docs" / "api.md").read_text(encoding="utf-8")
GLOSSARY = (HOME / "docs" / "glossary.md").read_text(encoding="utf-8")
#: Module → the text of its section.
SECTIONS = dict(re.findall(r"^## (analytics\S*)\n(.+?)(?=^## |\Z)", API, re.MULTILINE | re.DOTALL))
MODULES = sorted(m.name for m in pkgutil.walk_packages(analytics.__path__, "analytics."))


def public_names(module: str) -> set[str]:
    """Functions and classes that a module defines and does not mark as private."""
    return {
        name
        for name, value in vars(importlib.import_module(module)).items()
        if not name.startswith("_")
        and getattr(value, "__module__", None) == module
        and (inspect.isclass(value) or inspect.isfunction(inspect.unwrap(value)))
    }


def code_of(section: str) -> str:
    """The code of a section's examples, without their imports and their answers."""
    examples = doctest.DocTestParser().get_examples(section)
    return "\n".join(e.source for e in examples if not e.source.startswith(("from ", "import ")))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("module", SECTIONS)
def test_every_example_gives_what_it_shows(module):
    test = doctest.DocTestParser().get_doctest(SECTIONS[module], {}, module, "docs/api.md", 0)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert not report, "".join(report)


@pytest.mark.parametrize("module", [m for m in MODULES if public_names(m)])
def test_every_public_name_has_an_example(module):
    code = code_of(SECTIONS.get(module, ""))
    missing = {name for name in public_names(module) if not re.search(rf"\b{name}\b", code)}
    assert not missing, f"docs/api.md, section {module}: no example of {', '.join(sorted(missing))}"


def test_every_section_is_a_module():
    assert set(SECTIONS) <= set(MODULES)


def test_the_glossary_is_in_order_and_names_each_term_once():
    terms = [term.casefold() for term in re.findall(r"^\*\*(.+?)\.\*\*", GLOSSARY, re.MULTILINE)]
    assert len(terms) > 100
    assert terms == sorted(set(terms))
