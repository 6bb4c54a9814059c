"""Node health: a node's state: link, power and saving, without content."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, Instant, PartyRef, When


@declare(
    "system",
    ar="حال المركز",
    fr="État du poste",
    en="Node health",
    help=Words(
        ar="حال مركز وطني: الوصل والكهرباء والحفظ، بلا مضمون.",
        fr="État d'un poste : liaison, courant, sauvegarde, sans contenu.",
        en="A node's state: link, power and saving, without content.",
    ),
)
class NodeHealth(Body, frozen=True, kw_only=True, omit_defaults=True, tag="node-health/1"):
    """For the administrators. Of another party's node (``node_of``) it says when that was last heard, and
    neither why nor what is there. Source: REQUIREMENTS R47, R67."""

    link: Literal["up", "degraded", "down"] | None = None
    power: Literal["up", "degraded", "down"] | None = None
    restored: When | None = None
    autosave_s: Count | None = None
    program_version: Identifier | None = None
    free_disk_mb: Count | None = None
    node_of: PartyRef | None = None  # whose node it speaks of; None = its originator's own
    last_heard: Instant | None = None
