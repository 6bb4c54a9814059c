"""Which act stands behind which exit of the registry."""

from __future__ import annotations

from typing import Final

from tansiq.web import api, api_boards, api_intake, api_protect, api_write
from tansiq.web.pages import (
    account,
    accounts,
    caps,
    charter,
    doors,
    exchange,
    intake,
    journal,
    lists,
    mechanism,
    notices,
    originator,
    parcels,
    passkeys,
    place_map,
    provider,
    public,
    reading,
    releases,
    roster,
    talk,
    tearline,
    withdrawals,
    witnessing,
    writing,
)
from tansiq.web.routes import Act

ACTS: Final[dict[str, Act]] = {
    **account.ACTS,
    **accounts.ACTS,
    **charter.ACTS,
    **doors.ACTS,
    **exchange.ACTS,
    **intake.ACTS,
    **journal.ACTS,
    **lists.ACTS,
    **mechanism.ACTS,
    **notices.ACTS,
    **originator.ACTS,
    **caps.ACTS,
    **parcels.ACTS,
    **passkeys.ACTS,
    **place_map.ACTS,
    **provider.ACTS,
    **public.ACTS,
    **reading.ACTS,
    **releases.ACTS,
    **roster.ACTS,
    **witnessing.ACTS,
    **talk.ACTS,
    **tearline.ACTS,
    **withdrawals.ACTS,
    **writing.ACTS,
    **api.ACTS,
    **api_boards.ACTS,
    **api_intake.ACTS,
    **api_write.ACTS,
    **api_protect.ACTS,
}
