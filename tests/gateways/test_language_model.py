"""The endpoint on the premises: asked in a schema, near or not at all, and its faults have a name."""

from __future__ import annotations

import msgspec
import pytest

from tansiq.gateways.language_model import BadModel, LanguageModel, ModelDown, ModelSettings, model_of
from tansiq.intake.quoted import QuotedEvent, believed, messages, pieces, read_with, schema
from tests.gateways.model_server import recorded, report, serving


def model(url: str, key: str = "") -> LanguageModel:
    return LanguageModel(ModelSettings(url=url, name="recorded", timeout_s=30.0), key)


def test_what_is_asked_is_bound_to_the_schema_and_holds_the_report_alone() -> None:
    text = report("convoy.ar")
    with serving(recorded("convoy.ar")) as served:
        read_with(model(served.url, "k-1").ask, text)
    ((headers, body),) = served.asked
    assert (headers["path"], headers["authorization"]) == ("/v1/chat/completions", "Bearer k-1")
    assert body["response_format"]["json_schema"]["schema"] == msgspec.json.decode(
        msgspec.json.encode(schema())
    )
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == text
    assert body["temperature"] == 0


def test_a_recorded_answer_is_believed_where_it_quotes_and_dropped_where_it_does_not() -> None:
    text = report("convoy.ar")
    with serving(recorded("convoy.ar")) as served:
        found = read_with(model(served.url).ask, text)
    kept = {item.quote for item, _ in found.items}
    assert "كتيبة الرمال" in kept
    assert "ونفى مصدر محلي" in kept
    invented = {"جماعة الصحراء", "قتل ثلاثة مهربين في الاشتباك"}
    renamed = {"قالت وزارة الدفاع الموريتانية في بيان"}
    assert not kept & (invented | renamed)
    assert [i.type for i, _ in found.items if isinstance(i, QuotedEvent)] == ["seizure", "other"]
    assert found.dropped == 4
    assert all(text[s:e] == item.quote for item, (s, e) in found.items)


@pytest.mark.parametrize(
    "url",
    [
        "https://models.example.org/v1",
        "http://8.8.8.8/v1",
        "http://localhost:9/v1",
        "ftp://127.0.0.1/v1",
        "http://127.0.0.1.example.org/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "",
    ],
)
def test_an_endpoint_off_the_premises_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(BadModel):
        model_of(ModelSettings(url=url, name="far"), {})


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "https://10.2.3.4/v1", "http://[::1]:9/v1"])
def test_an_endpoint_of_this_machine_or_its_network_is_taken(url: str) -> None:
    found = model_of(ModelSettings(url=url, name="near"), {"model.key": "k"})
    assert found is not None
    assert found.name == "near"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"", 200),
        (b"\xff\xfe", 200),
        (b"[" * 100_000, 200),
        (b'{"choices": []}', 200),
        (b'{"choices": [{"message": {"content": null}}]}', 200),
        (b"{}", 503),
        (b"{}", 302),
        (msgspec.json.encode({"choices": [{"message": {"content": "ا" * 2_500_000}}]}), 200),
    ],
    ids=["empty", "no text", "deep", "no choice", "no content", "down", "elsewhere", "endless"],
)
def test_an_answer_that_is_none_is_one_fault_with_its_code(answer: bytes, status: int) -> None:
    with serving(answer, status) as served, pytest.raises(ModelDown) as caught:
        model(served.url).ask(messages(pieces("خبر")[0]), schema())
    assert caught.value.code == "model.down"


def test_an_endpoint_that_is_not_there_is_the_same_fault() -> None:
    with serving(b"{}") as served:
        gone = served.url
    with pytest.raises(ModelDown):
        model(gone).ask(messages(pieces("خبر")[0]), schema())


def test_no_endpoint_is_no_model() -> None:
    assert model_of(None, {}) is None
    assert believed(pieces("خبر")[0], b"null").dropped == 1
