"""Messages use the agreed words: people read of posts and labels, not of nodes and markings."""

from __future__ import annotations

import re

import pytest

from tansiq.base.messages import Lang, messages

NOT_ON_PAGES: dict[Lang, str] = {
    "ar": r"(?<!\w)(?:و|ف)?(?:ب|ك|ل)?(?:ال)?(?:عقدة|مقصورة|مقصورات|مغلّف|جمهور|إيصال)(?!\w)",
    "fr": r"(?i)\b(?:nœuds?|étiquettes?|audience)\b",
    "en": r"(?i)\b(?:blobs?|metadata|schema)\b",
}
INSTEAD: dict[Lang, str] = {
    "ar": "مركز، حجرة، مظروف، قرّاء، إشعار",
    "fr": "poste, mention, destinataires",
    "en": "attachment, details, form",
}


@pytest.mark.parametrize("lang", list(NOT_ON_PAGES))
def test_no_message_uses_a_word_that_people_should_not_meet(lang: Lang) -> None:
    met = {key: text for key, text in messages(lang).items() if re.search(NOT_ON_PAGES[lang], text)}
    assert met == {}, f"say instead: {INSTEAD[lang]}"


def test_the_search_for_a_word_sees_through_its_prefixes() -> None:
    assert re.search(NOT_ON_PAGES["ar"], "وبالعقدة نفسها")
    assert not re.search(NOT_ON_PAGES["ar"], "عقدت اللجنة اجتماعا")
