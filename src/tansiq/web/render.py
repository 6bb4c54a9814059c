"""Templates: the environment every page is drawn with.

1. Everything is escaped; text that came from elsewhere cannot carry marks that reorder what stands around it.
2. A name a page was not given is a fault at once; only a mapping may lack a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

import jinja2
from jinja2.utils import missing
from markupsafe import Markup, escape

from tansiq.base.messages import Lang, say
from tansiq.web.assets import asset

_FIGURES: Final = re.compile(r"\d+(?:[-/:.T]\d+)+Z?")
# Embeddings, overrides and isolates: received text must not turn its neighbours round (spoofed names).
TURNING: Final = {code: f"⟦{code:04X}⟧" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Marks that turn direction, each with the number it is shown by."""


class _Absent(jinja2.StrictUndefined):
    """Strict for names and attributes, lenient for a key that a mapping does not hold."""

    def __new__(
        cls,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> Any:
        if isinstance(obj, Mapping):
            return jinja2.Undefined(hint, obj, name, exc)
        return super().__new__(cls)


def visible(value: object) -> object:
    """Return text with each mark that turns direction replaced by its number, for all that is printed."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(TURNING)
    return value


def environment(resolve: Callable[[str], str] = asset) -> jinja2.Environment:
    """Return an environment over the templates of the package; ``resolve`` gives an asset's address."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("tansiq.web", "templates"),
        autoescape=True,
        undefined=_Absent,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals["asset"] = resolve
    return env


@cache
def _shared() -> jinja2.Environment:
    return environment()


def page(template: str, lang: Lang, /, **context: object) -> str:
    """Return a page or fragment as HTML; ``context`` as described at the head of the template."""
    return _shared().get_template(template).render(lang=lang, t=partial(spoken, lang), **context)


def spoken(lang: Lang, key: str, /, **values: object) -> Markup:
    """Return a message, escaped; its values, and figures joined by signs, keep their own direction.

    Without the isolates an Arabic sentence would show 2026-03-14 as 14-03-2026.
    """
    held = {name: f"\u2068{visible(str(value))}\u2069" for name, value in values.items()}
    return escape(_FIGURES.sub("\u2066\\g<0>\u2069", say(key, lang, **held)))
