"""Who may open a server, from the command line."""

from tests.commands import bandstand


def test_pay_is_closed_to_analysts_and_the_list_says_so(mine):
    add = ("users", "add", "Kim@example.com", "--role", "analyst", "--close", "equity")
    assert bandstand(*add).stdout == "kim@example.com: analyst; exports nothing; without equity\n"
    closed = bandstand("users", "close", "variable").stdout.splitlines()
    assert closed == [
        "Every analyst: without variable",
        "kim@example.com: analyst; exports nothing; without equity",
    ]
    refused = bandstand("users", "close", "base")
    assert refused.returncode == 2
    assert "base pay can't be closed alone" in refused.stderr
    assert bandstand("users", "close").stdout.splitlines() == closed[1:]
