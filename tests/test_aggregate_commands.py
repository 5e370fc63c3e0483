"""With BANDSTAND_RECORDS=aggregate no command writes a person: each is known to, or refuses."""

import pytest
import typer.main

import cli
from tests.commands import bandstand

#: Commands that show, cost or compare single persons, with arguments that work for an owner.
OF_PERSONS = {
    "export records": (),
    "export roster": (),
    "export record-bands": ("--mode", "owner"),
    "people export": ("--mode", "owner"),
    "people cost": (),
    "people raises": (),
    "people merit": ("--matrix", "example"),
    "offer": ("--job", "CUSTOM1.CUSTOMER920B.P3", "--pay", "90000"),
}
#: Commands that read no person, give aggregates alone, or are of the machine's owner.
OTHERS = {
    "": "backup build calibrate check compare decode guide loads match price profile publish "
    "reapply report restore run template verify withdraw",
    "demo ": "company records",
    "export ": "bands benchmarks ladder oews ranges steps surveys wages",
    "fit ": "ladder",
    "load ": "oews ranges records roster survey taxonomy",
    "users ": "add close grant list remove revoke",
    "audit ": "show verify",
    "records ": "check connect copy",
    "ranges ": "archive build diff drift export list live load posting",
}


def commands() -> set[str]:
    """Every command by its words, hidden ones too."""
    whole = typer.main.get_command(cli.app)
    found = set()
    for name, command in whole.commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {sub}" for sub in inner} if inner else {name}
    return found


def test_each_command_is_known_to_write_persons_or_not_to():
    others = {group + name for group, names in OTHERS.items() for name in names.split()}
    assert commands() == set(OF_PERSONS) | others


@pytest.mark.parametrize("command", OF_PERSONS)
def test_a_command_of_persons_refuses_in_words(command, store, monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    answer = bandstand(*command.split(), *OF_PERSONS[command])
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "only the owner may" in answer.stderr
    assert "BANDSTAND_RECORDS is aggregate" in answer.stderr
