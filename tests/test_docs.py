"""What the docs list is what there is."""

import re

import pytest

from data.build.build import seed_tables
from data.build.seed_files import SEEDS
from queries import names
from queries.loader import text
from tests.commands import bandstand
from tests.conftest import HOME

DOCS = {path.name: path.read_text(encoding="utf-8") for path in (HOME / "docs").glob("*.md")}
README = (HOME / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (HOME / "CONTRIBUTING.md").read_text(encoding="utf-8")


def listed(doc: str, heading: str) -> set[str]:
    """First cells of the table under a heading."""
    section = DOCS[doc].split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, flags=re.MULTILINE)[1:]
    return {name.strip() for row in rows for name in row.split(",")}


def test_every_table_is_in_the_dictionary():
    assert listed("data-dictionary.md", "Tables") == set(seed_tables())


def test_every_own_table_is_in_the_dictionary():
    sql = (HOME / "data" / "store" / "team_tables.sql").read_text(encoding="utf-8")
    made = set(re.findall(r"create table if not exists (\w+)", sql))
    assert listed("data-dictionary.md", "Own tables") == made


def test_every_seed_is_in_the_dictionary():
    assert listed("data-dictionary.md", "Seeds") == {path.stem for path in SEEDS.glob("*.toml")}


def test_every_query_is_in_the_dictionary():
    assert listed("data-dictionary.md", "Queries") == set(names())


def test_every_page_has_its_chapter():
    pages = re.findall(r"app_pages/(\w+)\.py", (HOME / "dashboard.py").read_text(encoding="utf-8"))
    assert set(re.findall(r"`app_pages/(\w+)\.py`", DOCS["pages.md"])) == set(pages)


def test_every_command_is_listed():
    said = set(re.findall(r"^\| `bandstand ([a-z -]+)` \|", DOCS["command-line.md"], re.MULTILINE))
    groups = {"export", "load", "demo", "fit", "people", "ranges", "users", "audit", "records"}
    inner = {f"{group} {name}" for group in groups for name in commands(group)}
    assert said == (commands() | inner) - groups


def commands(*group: str) -> set[str]:
    told = bandstand(*group, "--help").stdout
    return set(re.findall(r"^│ ([\w-]+)  ", told.split("Commands")[1], flags=re.MULTILINE))


def test_every_file_that_the_docs_name_is_there():
    pages = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING, **DOCS}
    named = r"`((?:analytics|app_pages|commands|data|queries|tests)/[\w/]+\.(?:py|sql|toml|csv))`"
    missing = {
        f"{page}: {file}"
        for page, content in pages.items()
        for file in re.findall(named, content)
        if not (HOME / file).exists() and "NAME" not in file
    }
    assert not missing


@pytest.mark.parametrize("name", ["README.md", *DOCS])
def test_links_and_pictures_lead_somewhere(name):
    text = README if name == "README.md" else DOCS[name]
    base = HOME if name == "README.md" else HOME / "docs"
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (base / target).exists(), target


def test_the_readme_example_gives_what_it_says():
    code = README.split("```python\n")[1].split("```")[0]
    said = code.splitlines()[-1].removeprefix("# ")
    names: dict[str, object] = {}
    exec("\n".join(code.splitlines()[:-2]), names)
    found = eval(code.splitlines()[-2], names)
    rounded = re.sub(r"\d+\.\d{3,}", lambda m: f"{float(m[0]):.1f}", repr(found))
    assert rounded == said


#: What the standard has, and words that stand before a bracket without being functions.
STANDARD = {
    "and", "as", "coalesce", "count", "filter", "from", "if", "in", "lower", "max", "min", "or",
    "over", "replace", "round", "row_number", "sets", "sum", "upper", "using", "where",
}  # fmt: skip
WORDS = ("exclude", "group by all", "qualify", "semi join", "unpivot")


def test_what_queries_take_from_the_engine_is_listed():
    listed = set(re.findall(r"`([a-z_ ]+)`", DOCS["growing.md"].split("take from DuckDB")[1]))
    for name in names():
        sql = "\n".join(line.split("--")[0] for line in text(name).splitlines())
        sql = re.sub(r"'[^']*'", "''", sql)
        taken = set(re.findall(r"\b([a-z_]+) ?\(", sql)) | {w for w in WORDS if w in sql}
        assert taken - STANDARD <= listed, name
