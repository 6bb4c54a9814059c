"""R08: every sentence typed; a decision is no intent; an allegation enters no assessment by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tansiq.intake.draft import draft
from tests.requirements.office import refused, sign
from tests.web.site import Site

OFFICIAL = (
    'وقال أحد المسؤولين: "لقد قررنا توسيع تبادل المعلومات بين مراكزنا الحدودية كلها، '
    'ونعتزم لاحقا الانتقال إلى دوريات مشتركة ضد التهريب والخطف".'
)
OBSERVERS = "ويرى مراقبون أن العاصمة المجاورة تدفع نحو تعفن الوضع في الشمال للإبقاء على نفوذها."


def types(text: str) -> list[str]:
    return [s.type for s in draft(text, name="x").statements]


def test_r08_we_have_decided_is_a_decision_and_we_intend_an_intent() -> None:
    assert types(OFFICIAL) == ["decision", "intent"]


def test_r08_a_motive_that_observers_see_is_an_allegation() -> None:
    assert types(OBSERVERS) == ["allegation"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وصلت القافلة إلى غاو مساء السبت بعد ثلاثة أيام.", "fact"),
        ("قال والي غاو إن القافلة وصلت إلى المدينة مساء السبت.", "claim"),
        ("ويعد هذا اللقاء خطوة بالغة الأهمية في مسار التعاون.", "assessment"),
        ("ومن المتوقع أن تتراجع الهجمات في المنطقة بعد موسم الأمطار.", "forecast"),
        ("Le ministre a affirmé que la route de Gao est ouverte aux camions.", "claim"),
        ("Observers accuse the neighbouring capital of letting the north rot.", "allegation"),
    ],
)
def test_r08_every_sentence_has_one_of_the_seven_types(text: str, kind: str) -> None:
    assert types(text) == [kind]


def test_r08_an_allegation_is_kept_out_of_assessments_unless_an_officer_weighs_it(office: Site) -> None:
    said: dict[str, Any] = {"statement_type": "allegation", "stated_value": OBSERVERS}
    alleged = sign(office, "statement", "ادعاء", **said)
    assert refused(office, "assessment", "تقدير", sources_=(alleged,))["code"] == "allegation.cited"
    assert sign(office, "assessment", "تقدير", refs_={"weighed": alleged})
    plain = sign(office, "statement", "إفادة", statement_type="claim", stated_value="…")
    assert sign(office, "assessment", "تقدير", sources_=(plain,))
