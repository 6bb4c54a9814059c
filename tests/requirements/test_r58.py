"""R58: the strategy tree; an objective without a modality is red."""

from tests.requirements.office import flags, refused, sign
from tests.web.site import Site


def test_r58_the_roots_are_the_unified_strategy_and_a_members_aim_hangs_below(office: Site) -> None:
    """A common strategy and how it is carried out are the roots; what one member states is its own."""
    root = sign(
        office,
        "strategy-node",
        "استراتيجية موحدة ضد الجريمة المنظمة",
        level="aim",
        from_sentence="بلورة استراتيجية موحدة ومشتركة",
    )
    how = sign(office, "strategy-node", "تحديد كيفيات التجسيد", level="aim")
    own = sign(office, "strategy-node", "منع التدخل الأجنبي", level="aim", parent=root, stated_by=["DZ"])
    told = office.api("/api/boards/drafting")
    assert [one["record"] for one in told["roots"]] == [root, how]
    assert [(one["record"], one["stated_by"]) for one in told["roots"][0]["below"]] == [(own, ["DZ"])]
    assert "بلورة استراتيجية موحدة ومشتركة" in office.get("/drafting")


def test_r58_each_objective_without_a_modality_is_red_until_somebody_says_how(office: Site) -> None:
    """Red on the tree and on the record; a modality hangs on an objective and on nothing else."""
    root = sign(office, "strategy-node", "استراتيجية موحدة", level="aim")
    goals = [
        sign(office, "strategy-node", title, level="objective", parent=root)
        for title in ("تأمين الشريط الحدودي", "تجفيف تدفق السلاح")
    ]
    assert office.api("/api/boards/drafting")["objectives_without_modality"] == 2
    assert [flags(office, one) for one in goals] == [["OBJECTIVE_WITHOUT_MODALITY"]] * 2
    assert "هدف بلا كيفية تنفيذ" in office.get("/drafting")
    said = refused(office, "strategy-node", "دوريات", level="modality", parent=root)
    assert said["code"] == "strategy.level"
    sign(office, "strategy-node", "دوريات منسقة", level="modality", parent=goals[0])
    assert [flags(office, one) for one in goals] == [[], ["OBJECTIVE_WITHOUT_MODALITY"]]
