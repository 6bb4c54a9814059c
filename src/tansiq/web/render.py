"""Templates: the environment every page is drawn with.

1. Everything is escaped; text that came from elsewhere cannot carry marks that reorder what stands around it.
2. A name a page was not given is a fault at once; only a mapping may lack a key.
3. Parts know of a page its language and what they are given, no more: each is laid out once a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

import jinja2
from jinja2.utils import missing
from markupsafe import Markup, escape

from tansiq.base.messages import LANGS, Lang, say
from tansiq.web.assets import asset

_FIGURES: Final = re.compile(r"\d+(?:[-/:.T]\d+)+Z?")
# Embeddings, overrides and isolates: received text must not turn its neighbours round (spoofed names).
PARTS: Final = "parts/"
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


class _Template(jinja2.Template):
    """A template whose parts are laid out once for each language (rule 3), wherever pages import them."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what a template defines; a part's is kept: it holds nothing of the page or its reader."""
        given = vars or {}
        lang, says = given.get("lang"), given.get("t")
        if not (self.name or "").startswith(PARTS) or says is None or says is not _SAYS.get(lang):
            return super().make_module(vars, shared, locals)
        laid_out: dict[object, Any] = self.__dict__.setdefault("laid_out", {})
        if lang not in laid_out:
            laid_out[lang] = super().make_module({"lang": lang, "t": says})
        return laid_out[lang]


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
    env.template_class = _Template
    env.globals["asset"] = resolve
    return env


@cache
def _shared() -> jinja2.Environment:
    return environment()


def page(template: str, lang: Lang, /, **context: object) -> str:
    """Return a page or fragment as HTML; ``context`` as described at the head of the template."""
    return _shared().get_template(template).render(lang=lang, t=_SAYS[lang], **context)


def spoken(lang: Lang, key: str, /, **values: object) -> Markup:
    """Return a message, escaped; its values, and figures joined by signs, keep their own direction.

    Without the isolates an Arabic sentence would show 2026-03-14 as 14-03-2026.
    """
    held = {name: f"\u2068{visible(str(value))}\u2069" for name, value in values.items()}
    return escape(_FIGURES.sub("\u2066\\g<0>\u2069", say(key, lang, **held)))


_SAYS: Final[dict[Lang | None, Callable[..., Markup]]] = {lang: partial(spoken, lang) for lang in LANGS}
"""What says the messages of a page: one for each language."""
