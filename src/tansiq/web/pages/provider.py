"""Signing in by the state's own identity provider, where the settings name one; else no such page."""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent, told_no
from tansiq.web.cookies import provider_word, session
from tansiq.web.pages.doors import code_page
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.provider import Provider
from tansiq.work.sign_in import HalfWay, recognised_elsewhere


def leave(visit: Visit) -> Reply:
    """Send the browser to the provider."""
    w, provider = visit.wiring, _provider(visit)
    leaving = provider.leave(w.store, now=w.wall.now(), entropy=w.entropy)
    return see_other(leaving.to).with_cookie(provider_word(w, leaving.browser))


def back(visit: Visit) -> Reply:
    """Take the browser that comes back; a subject that nobody bound lets nobody in."""
    w, provider = visit.wiring, _provider(visit)
    subject = provider.subject(
        w.store,
        state=visit.ask("state"),
        code=visit.ask("code"),
        browser=visit.headers.get("provider-word", ""),
        now=w.wall.now(),
    )
    if isinstance(subject, Refusal):
        return _refused(visit, subject)
    got = recognised_elsewhere(
        w.store,
        provider.settings.issuer,
        subject,
        now=w.wall.now(),
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
    )
    if isinstance(got, Refusal):
        return _refused(visit, got)
    if isinstance(got, HalfWay):
        return code_page(visit, got.note).with_cookie(provider_word(w, ""))
    # The session's cookie is Strict: a way that began at the provider would not send it along.
    reply = draw(visit, "sign_in_done.html", title=visit.t("sign-in.title"))
    return reply.with_cookie(session(w, got)).with_cookie(provider_word(w, ""))


def _refused(visit: Visit, no: Refusal) -> Reply:
    said = told_no(no, visit.lang).fault
    title = visit.t("sign-in.title")
    reply = draw(visit, "sign_in.html", title=title, wrong=said, name="", status=401)
    return reply.with_cookie(provider_word(visit.wiring, ""))


def _provider(visit: Visit) -> Provider:
    if visit.wiring.provider is None:
        raise Absent("no provider here")
    return visit.wiring.provider


ACTS: Final[dict[str, Act]] = {"provider-leave": leave, "provider-back": back}
