"""What the page ``/parts`` shows: each part once, with samples in the page's language.

Used with the template ``parts_gallery.html``; the tests draw it in every language and theme.
"""

from __future__ import annotations

from typing import Any

from tansiq.base.messages import Lang
from tansiq.web.render import spoken

_RUNS_AT = {
    "ar": (("فجر الثلاثاء", "s1"), ("أربع عشرة شاحنة", "s2"), ("عين خليل", "s3")),
    "fr": (("mardi à l’aube", "s1"), ("quatorze camions", "s2"), ("In Khalil", "s3")),
    "en": (("fourteen lorries", "s2"), ("In Khalil", "s3"), ("at dawn on Tuesday", "s1")),
}


def _runs(text: str, lang: Lang) -> list[tuple[str, tuple[str, ...]]]:
    runs: list[tuple[str, tuple[str, ...]]] = []
    for words, name in _RUNS_AT[lang]:
        before, found, text = text.partition(words)
        runs += [(before, ()), (found, (name,))]
    return [*runs, (text, ())]


def _parties(g: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code.upper(), "name": g[code]} for code in ("dz", "ml", "mr", "ne")]


def _records(g: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "title": g["record-title"],
            "level": "restricted",
            "to": g["audience"],
            "from": "ML",
            "kind": g["incident"],
            "reliability": "B",
            "credibility": "2",
            "age": g["age-1"],
            "chosen": True,
        },
        {
            "title": g["record-title-2"],
            "level": "open",
            "to": "",
            "from": "NE",
            "kind": g["report"],
            "reliability": None,
            "credibility": None,
            "age": g["age-2"],
            "chosen": False,
        },
        {
            "title": g["record-title-3"],
            "level": "secret",
            "to": "DZ ML",
            "from": "DZ",
            "kind": g["commitment"],
            "reliability": "A",
            "credibility": "3",
            "age": g["age-3"],
            "chosen": False,
        },
    ]


def _places(g: dict[str, str]) -> list[dict[str, Any]]:
    points = [
        ("record-title", 214500000, 10500000, 25000),
        ("in-khalil", 217000000, 9500000, 500),
        ("record-title-2", 166300000, -20000000, 120000),
        ("niamey", 135100000, 21200000, None),
    ]
    return [
        {"title": g[key], "href": f"#{key}", "lat_e7": lat, "lon_e7": lon, "precision_m": within}
        for key, lat, lon, within in points
    ]


def _frame(g: dict[str, str], theme: str) -> dict[str, Any]:
    links = [
        ("today", "house"),
        ("inbox", "inbox"),
        ("map", "map"),
        ("mechanism", "landmark"),
        ("exchange", "network"),
    ]
    return {
        "title": g["title"],
        "theme": theme,
        "exercise": True,
        "party": g["ml"],
        "search_href": "/search",
        "label": {"level": "restricted", "audience": g["audience"], "travels": (g["orcon"],)},
        "nav": [
            {
                "words": g["duty"],
                "links": [
                    {
                        "href": f"#{key}",
                        "icon": icon,
                        "words": g[key],
                        "current": key == "inbox",
                        "count": 3 if key == "inbox" else None,
                    }
                    for key, icon in links
                ],
            }
        ],
        "who": {"name": g["officer"], "role": g["duty"]},
        "prefs": {"action": "/prefs", "back": "/parts", "csrf": "sample"},
        "peers": [
            {"code": "DZ", "name": g["dz"], "state": "good", "word": g["connected"], "age": g["age-1"]},
            {"code": "MR", "name": g["mr"], "state": "warn", "word": g["slow"], "age": g["age-2"]},
            {"code": "NE", "name": g["ne"], "state": "bad", "word": g["cut"], "age": g["age-3"]},
        ],
        "toasts": [{"words": g["toast"], "undo_action": "/undo", "csrf": "sample"}],
    }


def _mechanism(g: dict[str, str], lang: Lang) -> dict[str, Any]:
    source = {"source": g["communique"], "source_href": "#communique", "lang": lang}
    return {
        "promises": [
            {
                "stage": "overdue",
                "what": g["promise-1"],
                "href": "#promise",
                "owner": "DZ",
                "due_iso": "2026-03-31",
                "due": "2026-03-31",
                "sentence": g["promise-1-s"],
                **source,
            },
            {
                "stage": "done",
                "what": g["promise-2"],
                "owner": "DZ",
                "due_iso": "2026-01-10",
                "due": "2026-01-10",
                "sentence": g["promise-2-s"],
                **source,
            },
            {
                "stage": "unknown",
                "what": g["promise-3"],
                "owner": None,
                "sentence": g["promise-3-s"],
                **source,
            },
        ],
        "meetings": [
            {
                "state": "held",
                "iso": "2025-09-21",
                "at": "2025-09-21",
                "title": g["meeting-1"],
                "place": g["bamako"],
            },
            {
                "state": "unknown",
                "iso": "2025-12-02",
                "at": "2025-12-02",
                "title": g["meeting-1"],
                "place": g["niamey"],
            },
            {
                "state": "held",
                "iso": "2026-02-11",
                "at": "2026-02-11",
                "title": g["meeting-2"],
                "place": g["bamako"],
            },
            {"state": "next", "iso": None, "at": g["some-day"], "title": g["meeting-3"], "place": None},
        ],
        "events": [
            {"iso": "2026-03-14T05:40Z", "at": "2026-03-14 05:40Z", "state": "none", "title": g["event-1"]},
            {"iso": "2026-03-15T09:00Z", "at": "2026-03-15 09:00Z", "state": "warn", "title": g["event-2"]},
            {"iso": "2026-03-20T11:30Z", "at": "2026-03-20 11:30Z", "state": "good", "title": g["event-3"]},
        ],
    }


def _words(lang: Lang) -> dict[str, str]:
    return _Sample(lang)


class _Sample(dict[str, str]):
    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, key: str) -> str:
        return spoken(self._lang, f"gallery.{key}")


def gallery_context(lang: Lang, theme: str = "auto", density: str = "normal") -> dict[str, Any]:
    """Return the context of ``parts_gallery.html`` apart from ``lang`` and ``t``."""
    g = _words(lang)
    return {
        **_frame(g, theme),
        "density": density,
        **_mechanism(g, lang),
        "g": g,
        "parties": _parties(g),
        "records": _records(g),
        "places": _places(g),
        "runs": _runs(g["original"], lang),
        "other_lang": "fr" if lang == "ar" else "ar",
        "other_text": spoken("fr" if lang == "ar" else "ar", "gallery.original"),
        "other_title": spoken("fr" if lang == "ar" else "ar", "gallery.record-title"),
    }
