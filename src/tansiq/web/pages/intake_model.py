"""The language model on the premises is asked about a text; what it adds bears its name in the draft."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent
from tansiq.web.intake_view import exported
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.ask_model import Asked, ask_model


def ask(visit: Visit) -> Reply | Refusal:
    """Ask the model and go back to the draft, which says what came of it."""
    done = _asked(visit)
    if isinstance(done, Refusal):
        return done
    return see_other(f"/intake/{done.intake.id}?model={done.added}.{done.dropped}#model")


def api_ask(visit: Visit) -> Reply | Refusal:
    """Ask the model; what was added, how much was dropped unquoted, and the draft."""
    done = _asked(visit)
    if isinstance(done, Refusal):
        return done
    return json_reply({"added": done.added, "dropped": done.dropped, "draft": exported(done.intake)})


def _asked(visit: Visit) -> Asked | Refusal:
    found = found_at(visit)
    if visit.wiring.model is None:
        raise Absent("no language model here")
    return ask_model(visit.desk, found.id, visit.wiring.model)


def told(visit: Visit) -> dict[str, Any] | None:
    """Return what the draft's page says of the model: its name, and what the last asking brought."""
    model = visit.wiring.model
    if model is None:
        return None
    added, _, dropped = visit.ask("model").partition(".")
    came = added.isdecimal() and dropped.isdecimal()
    words = visit.tongue.t("intake.model.came", added=int(added), dropped=int(dropped)) if came else ""
    return {"name": model.name, "came": words}


ACTS: Final[dict[str, Act]] = {"intake-model": ask, "api-intake-model": api_ask}
