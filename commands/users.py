"""`bandstand users`: who may open a server, and what each of them is given."""

from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from data.store.location import store_path

if TYPE_CHECKING:
    from analytics.permissions import Role

users = typer.Typer(help="Who may open a server that people sign in to.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What they sign in with, such as an e-mail address.")]
RoleName = Annotated[str, typer.Option("--role", help="viewer, analyst or owner.")]
MayExport = Annotated[bool, typer.Option("--export/--no-export", help="May download files.")]
Functions = Annotated[list[str] | None, typer.Option("--function", help="Give these alone.")]
Places = Annotated[list[str] | None, typer.Option("--place", help="Give these alone.")]
Managers = Annotated[
    list[str] | None, typer.Option("--below", help="Give those below this employee id alone.")
]
Closed = Annotated[
    list[str] | None, typer.Option("--close", help="Pay not shown: variable, equity, overtime.")
]


@users.command()
def add(
    name: Name,
    role: RoleName = "viewer",
    export: MayExport = False,
    function: Functions = None,
    place: Places = None,
    below: Managers = None,
    close: Closed = None,
) -> None:
    """Add a user; what isn't named is not given.

    Example: bandstand users add kim@example.com --role analyst --export --function "Support"
    """
    from analytics.permissions import RowRule, User
    from data.access.users import accounts, save_user, spelled

    if spelled(name) in accounts(store_path()):
        raise InputError(f"{spelled(name)} is a user already; 'bandstand users grant' changes them")
    rule = RowRule(*(tuple(values or ()) for values in (function, place, below, close)))
    save_user(store_path(), User(spelled(name), _role(role), export, rule))
    show()


@users.command()
def grant(
    name: Name,
    role: Annotated[str | None, typer.Option("--role", help="viewer, analyst or owner.")] = None,
    export: Annotated[
        bool | None, typer.Option("--export/--no-export", help="May download files.")
    ] = None,
    function: Functions = None,
    place: Places = None,
    below: Managers = None,
    close: Closed = None,
    all_rows: Annotated[bool, typer.Option("--all-rows", help="Take every rule away.")] = False,
) -> None:
    """Change what a user may do, from their next click on; what isn't named stays.

    Example: bandstand users grant kim@example.com --no-export --close equity
    """
    from dataclasses import replace

    from analytics.errors import UnknownNameError
    from analytics.permissions import RowRule
    from analytics.suggestions import nearest
    from data.access.users import accounts, save_user, spelled

    known = accounts(store_path())
    if spelled(name) not in known:
        raise UnknownNameError(f"no user {name!r}; {nearest(name, list(known))}")
    user = known[spelled(name)].user
    parts = {"functions": function, "places": place, "managers": below, "closed": close}
    named = {part: tuple(values) for part, values in parts.items() if values}
    rule = replace(RowRule() if all_rows else user.rule, **named)
    save_user(
        store_path(),
        replace(
            user,
            role=user.role if role is None else _role(role),
            may_export=user.may_export if export is None else export,
            rule=rule,
        ),
    )
    show()


@users.command()
def remove(name: Name) -> None:
    """Remove a user; their open pages end at the next click.

    Example: bandstand users remove kim@example.com
    """
    from data.access.users import remove_user, spelled

    remove_user(store_path(), spelled(name))
    show()


@users.command()
def revoke(name: Name) -> None:
    """Let a user sign in anew before anything is shown to them again.

    Example: bandstand users revoke kim@example.com
    """
    from data.access.users import revoke_sign_ins, spelled

    revoke_sign_ins(store_path(), spelled(name))


@users.command()
def close(
    columns: Annotated[
        list[str] | None,
        typer.Argument(help="Pay not shown: variable, equity, overtime. None named opens all."),
    ] = None,
) -> None:
    """Close these pay columns, and no others, to every analyst, from their next click on.

    Example: bandstand users close equity variable
    """
    from data.access.users import close_to_analysts

    close_to_analysts(store_path(), columns or ())
    show()


@users.command("list")
def show() -> None:
    """List the users, their roles and rules.

    Example: bandstand users list
    """
    from data.access.users import accounts, closed_to_analysts

    known = accounts(store_path())
    if not known:
        typer.echo("No users yet.")
    if closed := closed_to_analysts(store_path()):
        typer.echo(f"Every analyst: without {', '.join(closed)}")
    for account in known.values():
        user, rule = account.user, account.user.rule
        parts = [user.role.value, "exports" if user.may_export else "exports nothing"]
        for words, values in (
            ("function", rule.functions),
            ("place", rule.places),
            ("below", rule.managers),
            ("without", rule.closed),
        ):
            parts += [f"{words} {', '.join(values)}"] if values else []
        typer.echo(f"{user.name}: {'; '.join(parts)}")


def _role(name: str) -> "Role":
    from analytics.permissions import Role
    from analytics.suggestions import nearest

    try:
        return Role(name.strip().lower())
    except ValueError:
        known = [role.value for role in Role]
        raise InputError(f"no role {name!r}; {nearest(name, known)}") from None
