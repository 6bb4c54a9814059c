"""A member's node in mid-week: what the others sent stands in it, its own officers sit at a real browser."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.model.kind import kind_named
from tansiq.model.label import label
from tansiq.model.record import Record, Ref, encode_body
from tansiq.model.strict import parse_fields
from tansiq.seal.sign import sign_record
from tests.federation import FOUR, SEVEN, START, START_MS, header_of
from tests.web.guarded import GuardedSite

MINUTE_MS: Final = 60_000
SENTENCE: Final = "أفضى الاجتماع إلى اتفاق عملي على نشر قوات مشتركة خلال ثمانية عشر شهرا."
MANDATE: Final = "M-7"


def hours(lo: float, hi: float | None = None, words: str = "") -> dict[str, str]:
    """A time-expression so many hours from the start, as the interface takes it."""
    begins, ends = (START + timedelta(hours=h) for h in (lo, lo if hi is None else hi))
    return {"words": words, "lo": begins.isoformat(), "hi": ends.isoformat(), "precision": "hour"}


class DutyRoom(GuardedSite):
    """A node, Mali's unless another is named; what others signed is appended to it as their nodes sent it."""

    def __init__(self, folder: Path, party: str = "ML") -> None:
        super().__init__(folder, party)
        self._numbers = count(1)

    def came(
        self,
        party: str,
        kind: str,
        title: str,
        to: tuple[str, ...] = FOUR,
        lang: str = "ar",
        /,
        **fields: Any,
    ) -> RecordId:
        """What ``party`` signed and has arrived; ``refs_`` = role to id, ``notes_`` = of its label."""
        found, keys, number = kind_named(kind), self.node.world.keys[party], next(self._numbers)
        assert found is not None
        refs = tuple(Ref(role, _raw(one)) for role, one in fields.pop("refs_", {}).items())
        at_ms = START_MS - 3_600_000 + number * MINUTE_MS
        header = header_of(
            keys,
            label(sorted({*to, party}), level="restricted", notes=fields.pop("notes_", ())),
            kind=found.tag,
            id=at_ms.to_bytes(6, "big") + number.to_bytes(10, "big"),
            created_ms=at_ms,
            lang=lang,
            refs=refs,
        )
        body = parse_fields(found, {"title": title} | fields)
        record = Record(sign_record(header, encode_body(body, bytes(16)), keys))
        with self.node.store.write() as tx:
            tx.append(record, received_ms=at_ms)
        return record.header.record_id


def _raw(record_id: str) -> bytes:
    return bytes.fromhex(record_id.replace("-", ""))


def furnish(room: DutyRoom) -> dict[str, RecordId]:
    """What the week brought, by name: a mandate under silence, a meeting, forces, requests, a warning."""
    return _diplomacy(room) | _institution(room) | _forces(room) | _desk(room)


def _diplomacy(room: DutyRoom) -> dict[str, RecordId]:
    everyone = (*FOUR, "JSC")
    made = {
        "mandate": room.came(
            "JSC",
            "mandate",
            "مشروع تفويض للاتصال بالشركاء",
            everyone,
            mandate=MANDATE,
            holder="DZ",
            mandators=list(FOUR),
            acts=["contact", "invite"],
            counterparties=["US", "EU"],
            excluded=["operational commitment", "basing", "funding"],
            silence_until=hours(72),
            report_back_days=30,
        )
    }
    made["position"] = room.came(
        "MR",
        "position",
        "Assentiment avec déclaration",
        everyone,
        "fr",
        mandate=MANDATE,
        position="assent-with-statement",
        signed=True,
        statement_text="Aucun engagement financier n’en découle.",
    )
    made["initiative"] = room.came(
        "DZ",
        "initiative",
        "ندوة جهوية بدعوة من شريك",
        convener="فرنسا",
        convener_attends=False,
        invitees=["DZ", "ML", "MR", "NE"],
        aim="توحيد الجهود",
        initiative_state="proposed",
    )
    made["contact"] = room.came(
        "DZ",
        "contact",
        "لقاء أول مع موفدين",
        mandate=MANDATE,
        counterparties=["US"],
        topics=["دعوة إلى الاجتماع"],
        made=hours(-30),
        position_conveyed="لا تدخل عسكري مباشر",
        reply_heard="طلب مهلة",
    )
    return made


def _institution(room: DutyRoom) -> dict[str, RecordId]:
    made = {
        "meeting": room.came(
            "JSC",
            "meeting",
            "اجتماع رؤساء الأركان",
            (*SEVEN, "JSC"),
            starts=hours(24 * 41, 24 * 41 + 8, "12 أبريل"),
            delegations=list(SEVEN),
            agenda=["تقييم الوضع", "تبادل المعلومات"],
            meeting_state="confirmed",
            attendance_due=hours(48),
        )
    }
    made["decision"] = room.came(
        "JSC",
        "decision",
        "نشر قوات مشتركة",
        (*FOUR, "JSC"),
        from_sentence=SENTENCE,
        decided_by=list(FOUR),
        decision_state="adopted",
    )
    made["second"] = room.came(
        "JSC",
        "decision",
        "Renforcer l’échange de renseignements",
        (*FOUR, "JSC"),
        "fr",
        from_sentence="Nous avons décidé de renforcer l’échange.",
        decided_by=list(FOUR),
    )
    made["vague"] = room.came(
        "MR",
        "commitment",
        "تسخير كل الإمكانات",
        from_sentence="تقرر التعاون لتسخير كل الإمكانات.",
        owner="MR",
    )
    made["aim"] = room.came("JSC", "strategy-node", "استراتيجية موحدة", (*FOUR, "JSC"), level="aim")
    return made


def _forces(room: DutyRoom) -> dict[str, RecordId]:
    lines = [
        {"id": "L1", "capability": "سرايا استطلاع", "domain": "land", "need": 4},
        {"id": "L2", "capability": "إخلاء طبي", "domain": "air", "need": 2},
        {"id": "L3", "capability": "اتصال بالسواتل", "domain": "enabler"},
    ]
    made = {
        "force": room.came(
            "JSC", "force-requirement", "القوة المشتركة", (*FOUR, "JSC"), lines=lines, deadline_months=18
        )
    }
    made["pledge"] = room.came(
        "DZ",
        "pledge",
        "تعهد أول",
        (*FOUR, "JSC"),
        offers=[{"line": "L1", "quantity": 2, "stage": "pledge"}],
        caveats=[{"type": "geography", "rule": "لا قوات خارج الوطن"}],
    )
    return made


def _desk(room: DutyRoom) -> dict[str, RecordId]:
    made = {
        "warning": room.came(
            "NE",
            "warning",
            "Danger d’engins explosifs sur la piste",
            SEVEN,
            "fr",
            event="Engins explosifs",
            msg_type="alert",
            urgency="immediate",
            severity="severe",
            certainty="likely",
            text="Piste d’Anderamboukane : passage déconseillé jusqu’à nouvel avis.",
            ack_due=hours(4),
            expires=hours(72),
        )
    }
    made["rfi"] = room.came(
        "NE",
        "rfi",
        "Convois sortis par Salvador",
        ("ML", "NE"),
        "fr",
        question="Combien de convois sont sortis par la passe ?",
        asked_of=["ML"],
        ltiov=hours(48),
        rfi_state="sent",
    )
    made["pir"] = room.came(
        "JSC",
        "pir",
        "سلاح يخرج من ليبيا",
        (*FOUR, "JSC"),
        question="أي أسلحة تخرج ومن أين؟",
        owner="JSC",
        due=hours(24 * 20),
    )
    elements: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("مسالك الخروج", "NE", {"last_answer": hours(-20), "answer_value": "ثلاثة مسالك"}),
        ("عدد القطع", "ML", {}),
    )
    for title, owner, given in elements:
        made[title] = room.came(
            "JSC",
            "eei",
            title,
            (*FOUR, "JSC"),
            pir=str(made["pir"]),
            question=f"{title}؟",
            owner=owner,
            due=hours(24 * 10),
            **given,
        )
    return made


def enter(room: DutyRoom, officer: str, lang: Any = "ar") -> None:
    """Sign an officer in by password, reading in ``lang``."""
    room.enter(officer)
    room.read_in(lang)
