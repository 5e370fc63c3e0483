"""One session key holds one kind of value, whichever page binds it: pages share the session."""

import ast
from collections.abc import Iterable, Iterator

from tests.conftest import HOME

PAGES = HOME / "app_pages"
#: What the session holds for a widget. A button's and a picture's keys name only an element.
KIND = {
    **dict.fromkeys(["radio", "selectbox", "tabs", "text_area", "text_input"], "text"),
    **dict.fromkeys(["pills", "segmented_control"], "text"),
    **dict.fromkeys(["Facet", "multiselect"], "list"),
    **dict.fromkeys(["number_input", "slider"], "number"),
    **dict.fromkeys(["checkbox", "toggle"], "flag"),
    "data_editor": "edits",
    "date_input": "date",
    "file_uploader": "file",
}


def sources() -> dict[str, str]:
    files = sorted(PAGES.rglob("*.py"))
    return {str(f.relative_to(PAGES)): f.read_text(encoding="utf-8") for f in files}


def clashes(files: dict[str, str]) -> list[str]:
    """Each key that holds values of two kinds, with where it does."""
    found: dict[str, dict[str, list[str]]] = {}
    for file, text in files.items():
        for key, kind in bound(ast.parse(text)):
            found.setdefault(key, {}).setdefault(kind, []).append(file)
    return [f"{key}: {kinds}" for key, kinds in found.items() if len(kinds) > 1]


def bound(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Each key that a file states for a widget, and the kind of value it holds."""
    names = dict(constants(module.body))
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = {word.arg: word.value for word in call.keywords if word.arg}
        if name == "Facet" and len(call.args) > 1:
            given.setdefault("key", call.args[1])
        mode = given.get("selection_mode")
        several = isinstance(mode, ast.Constant) and mode.value == "multi"
        if name in KIND and "key" in given:
            kind = "list" if several else KIND[name]
            yield from ((key, kind) for key in keys(given["key"], names, name == "Facet"))


def keys(said: ast.expr, names: dict[str, ast.expr], in_loop: bool) -> list[str]:
    """The keys that an expression stands for; in a loop, one for each name in a dictionary."""
    if isinstance(said, ast.Name):
        said = names.get(said.id, said)
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    if not in_loop:
        return []
    tables = [value for value in names.values() if isinstance(value, ast.Dict)]
    looped = [k.value for table in tables for k in table.keys if isinstance(k, ast.Constant)]
    prefix = ast.unparse(said)[2:].split("{")[0] if isinstance(said, ast.JoinedStr) else ""
    return [f"{prefix}{name}" for name in looped]


def constants(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Names that a file gives to values, also several at once."""
    for statement in body:
        if isinstance(statement, ast.AnnAssign) and statement.value:
            statement = ast.Assign([statement.target], statement.value)
        if isinstance(statement, ast.Assign):
            (target,) = statement.targets
            pair = isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple)
            names = target.elts if pair else [target]
            values = statement.value.elts if pair else [statement.value]
            yield from (
                (n.id, v) for n, v in zip(names, values, strict=False) if isinstance(n, ast.Name)
            )


def test_no_two_pages_bind_one_key_with_values_of_different_kinds():
    assert clashes(sources()) == []


def test_the_keys_are_found_by_text_by_constant_and_in_filters():
    found = dict(pair for text in sources().values() for pair in bound(ast.parse(text)))
    assert len(found) > 60
    # Home's pay basis, the market's, percentiles, levels of People, its currency and budget.
    assert (found["basis"], found["pay_basis"], found["percentiles"]) == ("text", "list", "text")
    assert (found["of_level"], found["paid_in"], found["raise_budget"]) == (
        "list",
        "text",
        "number",
    )


def test_a_text_here_and_a_list_there_is_told():
    pages = {
        "home.py": 'KEY = "pay_basis"\nst.selectbox("Pay basis", bases, key=KEY)',
        "filters.py": 'st.pills("Pay basis", bases, selection_mode="multi", key="pay_basis")',
        "price.py": 'st.radio("Pay basis", bases, key="pay_basis")',
    }
    assert clashes(pages) == [
        "pay_basis: {'text': ['home.py', 'price.py'], 'list': ['filters.py']}"
    ]
