"""A text split on pages and over JSON: parts by number, each labelled, previewed and signed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site
from tests.work.intakes import MINISTERS, taken

FORM = {"l.level": "restricted", "l.audience": ["MR", "NE"]}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        yield made


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_is_split_and_each_part_signed_by_forms_alone(site: Site, lang: Lang) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.read_in(lang)
    count = site.get(f"/intake/{made.id}/split").count("<li data-part=")
    site.post(
        f"/intake/{made.id}/split",
        {f"block.{n}": str(1 + (n > count // 2)) for n in range(count)} | {"title.2": "ثان"},
    )
    form = site.get(f"/intake/{made.id}/part/2")
    assert 'id="label-proposed"' in form
    seen = site.post(f"/intake/{made.id}/part/2", FORM | {"do": "preview"}, 200).text
    assert seen.count('class="sees"') == 2
    proposed = site.post(f"/intake/{made.id}/part/2", {"do": "label"}, 200).text
    assert "checked" in proposed
    assert "label.no-audience" in site.post(f"/intake/{made.id}/part/2", {"do": "sign"}, 422).text
    site.post(f"/intake/{made.id}/part/2", FORM | {"do": "sign"})
    page = unescape(site.get(f"/intake/{made.id}/split"))
    assert page.count('href="/record/') == 1
    assert "split.signed" in site.post(f"/intake/{made.id}/split", {"block.0": "2"}, 422).text
    whole = site.get(f"/intake/{made.id}")
    assert "⟦" not in page + form + seen + whole


def test_parts_over_json(site: Site) -> None:
    made = taken(site.node.desk(), MINISTERS)
    shown = site.api(f"/api/intake/{made.id}/split")
    given = {str(n): 1 + n % 2 for n in range(len(shown["blocks"]))}
    done = site.api(f"/api/intake/{made.id}/split", {"blocks": given, "titles": {"1": "أول"}})
    assert {b["part"] for b in done["blocks"]} == {1, 2}
    bears = {"level": "restricted", "audience": ["MR"]}
    for wrong in (-1, 5, 9):
        no = site.api(f"/api/intake/{made.id}/part/1", {"label": bears, "priority": wrong}, 422)
        assert no["where"] == "priority"
    record = site.api(f"/api/intake/{made.id}/part/1", {"label": bears}, 201)["id"]
    assert site.api(f"/api/records/{record}")["title"] == "أول"
    assert site.api(f"/api/intake/{made.id}/split")["records"] == {"1": record}
    assert site.api(f"/api/intake/{made.id}/part/2", {}, 422)["code"] == "label.missing"
    assert (
        site.api(f"/api/intake/{made.id}/split", {"blocks": {"0": 99}}, 422)["code"]
        == "intake.bad-correction"
    )
    site.sign_in("analyst")
    assert site.client.get(f"/api/intake/{made.id}/split").status_code == 404
