"""Sends what waits in the spool: again after a fault, later each time, and not for ever.

1. Right before it goes it is looked at again whether the officer may still be told; if not, it stays.
2. After a fault it waits 1, 2, 5, 15, 30 minutes, then an hour each time; a day after it was made it ends.
3. Nothing is sent within a transaction; what was sent and could not be noted is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.base.clock import Clock, millis, moment
from tansiq.base.messages import LANGS, Lang
from tansiq.gateways.notices import Gateway, GatewayDown, GatewayRefused, Notice, Said, words
from tansiq.store.notices import SpoolRow, Way
from tansiq.store.store import Store
from tansiq.work.outside import Urgency, may_still

BACK_OFF_MIN: Final = (1, 2, 5, 15, 30, 60)
GIVE_UP_MS: Final = 24 * 3_600_000
NO_WAY: Final = "outside.no-way"
NO_LONGER: Final = "outside.no-longer"


@dataclass(frozen=True, slots=True)
class Sender:
    """One node's way out; ``address`` is where its officers find it."""

    store: Store
    gateways: Mapping[Way, Gateway]
    address: str
    clock: Clock
    lang: Lang = "ar"

    def pump(self) -> int:
        """Send what is due; return how many notices went."""
        now_ms = millis(self.clock.now())
        with self.store.read() as rx:
            due = [(row, self._said(row)) for row in rx.spool_due(now_ms=now_ms)]
        return sum(self._send(row, said, now_ms) for row, said in due)

    def _said(self, row: SpoolRow) -> Said | None:
        with self.store.read() as rx:
            notice = rx.notice(row.notice)
            officer = None if notice is None else may_still(rx, notice, self.clock.now())
        if notice is None or officer is None:
            return None
        lang = next((each for each in LANGS if each == officer.lang), self.lang)
        about = notice.about
        due = None if about.due_ms is None else moment(about.due_ms)
        urgency: Urgency = msgspec.convert(about.urgency, Urgency)
        return words(Notice(notice.number, urgency, due), self.address, lang)

    def _send(self, row: SpoolRow, said: Said | None, now_ms: int) -> bool:
        gateway = self.gateways.get(row.way)
        if said is None:
            return self._failed(row, NO_LONGER, now_ms)
        try:
            if gateway is None:
                return self._later(row, NO_WAY, now_ms)
            gateway.send(row.to, said)
        except GatewayDown as error:
            return self._later(row, error.code, now_ms)
        except GatewayRefused as error:
            return self._failed(row, error.code, now_ms)
        with self.store.write() as tx:
            tx.settle_spool(row.id, "sent", tries=row.tries + 1, next_ms=now_ms, done_ms=now_ms)
        return True

    def _later(self, row: SpoolRow, code: str, now_ms: int) -> bool:
        wait_min = BACK_OFF_MIN[min(row.tries, len(BACK_OFF_MIN) - 1)]
        next_ms = now_ms + wait_min * 60_000
        with self.store.write() as tx:
            notice = tx.notice(row.notice)
            if notice is None or next_ms > notice.made_ms + GIVE_UP_MS:
                tx.settle_spool(row.id, "failed", tries=row.tries + 1, next_ms=0, done_ms=now_ms, code=code)
            else:
                tx.settle_spool(
                    row.id, "waiting", tries=row.tries + 1, next_ms=next_ms, done_ms=None, code=code
                )
        return False

    def _failed(self, row: SpoolRow, code: str, now_ms: int) -> bool:
        with self.store.write() as tx:
            tx.settle_spool(row.id, "failed", tries=row.tries + 1, next_ms=0, done_ms=now_ms, code=code)
        return False
