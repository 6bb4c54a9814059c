"""R43: contacts are dated entries with the position conveyed; mandators see them, the partner does not."""

from __future__ import annotations

from pathlib import Path

from tansiq.base.clock import moment
from tansiq.model.kinds.contact import Contact
from tests.boards.diplomacy.mandated import NAME, adopted, refusals
from tests.federation import START_MS
from tests.web.site import Site

DAY_MS = 86_400_000


def test_r43_several_days_of_contacts_are_dated_entries_with_the_position_conveyed(tmp_path: Path) -> None:
    site = Site(tmp_path, "DZ")
    with site.client:
        for day in range(3):
            site.node.clock.set(moment(START_MS + day * DAY_MS))
            site.sign_in("duty")
            fields = {
                "counterparties": ["US"],
                "topics": ["التعاون في المغرب العربي والساحل"],
                "position_conveyed": f"لا مشاركة عسكرية خارج المنطقة ({day})",
            }
            label = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}
            asked = {"kind": "contact", "title": f"اتصال {day}", "label": label, "fields": fields}
            site.api("/api/records", asked, status=201)
        rows = site.api("/api/boards/contacts")["rows"]
        assert [row["iso"][:10] for row in rows] == ["2031-03-01", "2031-03-02", "2031-03-03"]
        assert [row["conveyed"][-2] for row in rows] == ["0", "1", "2"]
        assert "لا مشاركة عسكرية خارج المنطقة (2)" in site.get("/contacts")


def test_r43_mandators_see_the_log_and_the_partner_does_not() -> None:
    pile = adopted()
    body = Contact(title="اتصال", mandate=NAME, counterparties=("الولايات المتحدة",), topics=("agenda",))
    wide = pile.draft(body, "DZ").label.__class__(level="restricted", audience=("DZ", "ML", "MR", "NE", "US"))  # type: ignore[arg-type]
    assert refusals(pile, pile.draft(body, "DZ", label=wide))["contact.partner-sees"].missing == {"US"}
    narrow = wide.__class__(level="restricted", audience=("DZ", "ML"))  # type: ignore[arg-type]
    assert refusals(pile, pile.draft(body, "DZ", label=narrow))["mandate.unseen"].missing == {"MR", "NE"}
