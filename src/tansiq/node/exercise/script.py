"""An exercise file, read. Source: FORMATS, exercise file; unknown parts are passed over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from tansiq.base.errors import UNREADABLE, InputError

PUBLIC: Final = "PUBLIC"
"""Not a node: the page and feed that a node shows without sign-in."""


class BadScript(InputError):
    """The exercise file cannot be read, and where."""

    code = "exercise.bad-script"


class NodeSpec(Struct, frozen=True):
    """A party that plays."""

    role: str = "member"
    lang: tuple[str, ...] = ()
    tz: str = "UTC"
    weekend: tuple[str, ...] = ()


class HandlingCode(Struct, frozen=True, rename={"as_": "as"}):
    """How a handling code maps to the label: note, compartment, use, rule, priority, state, charter."""

    as_: str = "note"
    text: str = ""


class CourierRun(Struct, frozen=True):
    """A bundle by hand to a node without its link: what is ready when it leaves arrives with it."""

    leaves_h: float
    arrives_h: float
    bundle: str = ""
    carrier: str = ""


class LinkEvent(Struct, frozen=True):
    """A node without its link from one hour to another, and the courier that goes there meanwhile."""

    node: str
    from_h: float
    to_h: float
    courier: CourierRun | None = None


class Meta(Struct, frozen=True):
    """What holds for the whole exercise."""

    name: str
    startex_utc: str
    duration_hours: float
    nodes: dict[str, NodeSpec]
    circles: dict[str, tuple[str, ...]]
    handling_codes: dict[str, HandlingCode] = field(default_factory=dict)
    link_events: tuple[LinkEvent, ...] = ()

    @property
    def start(self) -> datetime:
        """The first moment, aware UTC."""
        return datetime.fromisoformat(self.startex_utc.replace("Z", "+00:00")).astimezone(UTC)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties with a node."""
        return tuple(code for code in self.nodes if code != PUBLIC)

    def at(self, hour: float) -> datetime:
        """The moment of an hour of the exercise."""
        return self.start + timedelta(hours=hour)


class Release(Struct, frozen=True):
    """To whom, under which handling codes."""

    release: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()


class Inject(Struct, frozen=True):
    """One thing an officer posts, and who must and must not see it."""

    id: str
    t_offset_hours: float
    node: str
    kind: str
    title: str
    lang: str = "ar"
    role: str = ""
    text: str = ""
    thread: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    label: Release = Release()
    visible_to: tuple[str, ...] = ()
    hidden_from: tuple[str, ...] = ()
    checks: tuple[dict[str, Any], ...] = ()
    refs: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    director: dict[str, Any] = field(default_factory=dict)


class Script(Struct, frozen=True):
    """The exercise: what holds, and the injects in order."""

    meta: Meta
    injects: tuple[Inject, ...]


def load(path: Path) -> Script:
    """Read an exercise file. Raises BadScript naming what is wrong and where."""
    try:
        script = msgspec.json.decode(path.read_bytes(), type=Script)
    except OSError as error:
        raise BadScript(f"{path.name}: cannot be read") from error
    except UNREADABLE as error:
        raise BadScript(f"{path.name}: {error}") from error
    seen: set[str] = set()
    for inject in script.injects:
        if inject.node not in script.meta.parties:
            raise BadScript(f"{path.name}: inject {inject.id} is posted by an unknown node {inject.node}")
        if inject.id in seen:
            raise BadScript(f"{path.name}: inject {inject.id} stands twice")
        seen.add(inject.id)
    return msgspec.structs.replace(
        script, injects=tuple(sorted(script.injects, key=lambda i: i.t_offset_hours))
    )
