"""From an inject to a post: labels by handling codes, fields with record ids."""

from tansiq.node.exercise.payload import label_of, post_of
from tansiq.node.exercise.script import HandlingCode, Inject, Meta, NodeSpec, Release

META = Meta(
    name="تمرين",
    startex_utc="2031-03-01T06:00Z",
    duration_hours=10,
    nodes={p: NodeSpec() for p in ("DZ", "ML", "NE")},
    circles={"C4": ("DZ", "ML", "NE"), "PUBLIC": ("DZ", "ML", "NE", "PUBLIC")},
    handling_codes={
        "CASE": HandlingCode(as_="compartment"),
        "JUDICIAL": HandlingCode(as_="use"),
        "URGENT": HandlingCode(as_="priority"),
        "SEEN": HandlingCode(as_="note"),
    },
)
RECORD = "01900000-0000-7000-8000-000000000001"


def inject(**more: object) -> Inject:
    given: dict[str, object] = {
        "id": "X-1",
        "t_offset_hours": 0,
        "node": "DZ",
        "kind": "report",
        "title": "تمرين",
    }
    return Inject(**given | more)  # type: ignore[arg-type]


def test_no_release_is_own() -> None:
    assert label_of(inject(), META).audience == ("DZ",)


def test_a_circle_stands_for_its_members_and_the_author_is_among_them() -> None:
    assert label_of(inject(label=Release(("C4",))), META).audience == ("DZ", "ML", "NE")


def test_public_is_everybody_and_open() -> None:
    label = label_of(inject(label=Release(("PUBLIC",))), META)
    assert (label.audience, label.level) == (("*",), "open")


def test_handling_codes_go_where_the_file_says() -> None:
    label = label_of(inject(label=Release(("ML",), ("CASE", "JUDICIAL", "SEEN", "URGENT"))), META)
    assert (label.compartments, label.uses, label.notes) == (("CASE",), ("JUDICIAL",), ("SEEN",))
    assert label.level == "confidential"


def test_a_kind_that_the_catalogue_lacks_goes_as_a_report() -> None:
    post = post_of(inject(kind="no-such-kind"), META, {})
    assert (post.kind, post.kind_missing) == ("report", True)


def test_inject_ids_in_fields_and_refs_become_record_ids() -> None:
    given = inject(
        fields={"recalls": "X-0", "deep": [{"src": ["X-0"]}]}, refs={"case": "X-0"}, sources=("X-0",)
    )
    post = post_of(given, META, {"X-0": RECORD})
    assert post.fields == {"recalls": RECORD, "deep": [{"src": [RECORD]}]}
    assert post.refs == (("case", RECORD),)
    assert post.sources == (RECORD,)
