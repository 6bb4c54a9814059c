"""Words for what stands on a label: levels, rules, priorities, compartments."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.model.label import LEVELS, RULES
from tansiq.model.record import BULK, LIFE_THREAT


@pytest.mark.parametrize("lang", LANGS)
def test_levels_rules_and_priorities_are_said(lang: Lang) -> None:
    wanted = [f"labels.level.{v}" for v in LEVELS] + [f"labels.rule.{r}" for r in RULES]
    wanted += [f"labels.priority.{p}" for p in range(LIFE_THREAT, BULK + 1)]
    wanted += [f"labels.compartment.{c}" for c in ("HOSTAGE", "SOURCE", "PERSON", "ARMS")]
    assert [w for w in wanted if w not in messages(lang)] == []


def test_a_level_reads_as_the_glossary_has_it() -> None:
    assert [messages("ar")[f"labels.level.{v}"] for v in LEVELS] == [
        "غير مصنَّف",
        "توزيع محدود",
        "واجب الكتمان",
        "سري",
    ]
