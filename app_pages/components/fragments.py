"""What stops a page, or a part of it that reruns by itself, told in words where it happened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from analytics.errors import NotAllowedError, NotSignedInError, StoreError
from app_pages.components.markdown import escape_markdown
from data.store.disk_errors import told_in_words

P = ParamSpec("P")


@contextmanager
def stopped_in_words() -> Iterator[None]:
    """Show in words what stopped what is drawn here: a full disk, or a right that ended."""
    try:
        with told_in_words():
            yield
    except (StoreError, NotAllowedError, NotSignedInError) as error:
        st.error(escape_markdown(str(error)))


def fragment(
    run_every: float | None = None,
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A part of a page that reruns by itself, every so many seconds if that is given.

    The door is asked with the whole page alone, so that here too an error is told in words.
    """

    def part(draw: Callable[P, None]) -> Callable[P, None]:
        @st.fragment(run_every=run_every)
        @wraps(draw)
        def draw_safely(*args: P.args, **kwargs: P.kwargs) -> None:
            with stopped_in_words():
                draw(*args, **kwargs)

        return draw_safely

    return part
