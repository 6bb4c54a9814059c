"""HTML: the main text of a page. Scripts do not run, nothing is fetched, what is hidden stays out.

1. The text is that of the largest ``article``, ``main`` or ``itemprop=articleBody``; else of the body.
2. Navigation, forms, asides and blocks that are mostly links are no text of the report.
3. A heading (``h1``) that stands outside the main text comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tansiq.intake.documents.charset import decoded
from tansiq.intake.documents.shape import Document, Flag
from tansiq.intake.read import EmptyInput

NODES_LIMIT: Final = 2_000_000
_DROPPED: Final = (
    "script,style,noscript,template,iframe,object,embed,svg,math,canvas,video,audio,nav,footer,aside,form,"
    "button,select,textarea,dialog,[hidden],[aria-hidden=true],[role=navigation],[role=banner],"
    "[role=complementary],[role=contentinfo],[style*='display:none'],[style*='display: none']"
)
_MAIN: Final = "article,main,[role=main],[itemprop=articleBody]"
_BLOCKS: Final = frozenset(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
     "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul")
)  # fmt: skip
_PARAGRAPHS: Final = frozenset(
    ("article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p", "section", "table", "ul", "ol", "pre")
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.I)
_XML_ENCODING: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})", re.I)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES: Final = (
    "meta[property='article:published_time']",
    "meta[itemprop=datePublished]",
    "meta[name='dc.date']",
    "meta[name='DC.date.issued']",
    "meta[name=date]",
)
_REMOTE: Final = re.compile(r"\s*(?:https?:)?//", re.I)
_SPACE: Final = re.compile(r"[^\S\n\u00a0]+")
_MAIN_SHARE: Final = 0.3
_LINK_SHARE: Final = 0.6


def read_html(data: bytes, name: str) -> Document:
    """Return a page as a document. Raises EmptyInput, BinaryInput, Undecodable."""
    declared = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:200])
    tree = LexborHTMLParser(decoded(data, declared[1].decode() if declared else ""))
    remote: tuple[Flag, ...] = ("remote",) if _remote(tree) else ()
    published = _published(tree)
    text = _main_text(tree)
    if not text:
        raise EmptyInput("no text in the page")
    return Document(name=name, format="html", text=text, flags=remote, published=published)


def text_of_html(markup: str) -> str:
    """Return the text of a fragment, whole; empty where it has none."""
    tree = LexborHTMLParser(markup)
    for node in tree.css(_DROPPED):
        node.decompose()
    return _text(tree.body) if tree.body is not None else ""


def _main_text(tree: LexborHTMLParser) -> str:
    title = _title(tree)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    if body is None:
        return ""
    _drop_links(body)
    whole = _text(body)
    found = max((_text(n) for n in body.css(_MAIN)), key=len, default="")
    text = found if len(found) >= _MAIN_SHARE * len(whole) else whole
    return f"{title}\n\n{text}".strip() if title and title not in text else text


def _title(tree: LexborHTMLParser) -> str:
    heading = tree.css_first("h1") or tree.css_first("title")
    return " ".join(heading.text().split())[:300] if heading is not None else ""


def _drop_links(body: LexborNode) -> None:
    """Take out lists and blocks that are mostly links (rule 2)."""
    for block in body.css("ul,ol,table,div,section"):
        size = len(block.text())
        links = [len(a.text()) for a in block.css("a")]
        if len(links) >= 3 and size and sum(links) / size > _LINK_SHARE:
            block.decompose()


def _published(tree: LexborHTMLParser) -> date | None:
    for selector in _DATES:
        node = tree.css_first(selector)
        if node is not None and (day := day_of(node.attributes.get("content") or "")) is not None:
            return day
    stated = tree.css_first("article time[datetime]") or tree.css_first("time[datetime][pubdate]")
    return day_of(stated.attributes.get("datetime") or "") if stated is not None else None


def day_of(said: str) -> date | None:
    """Return the day at the start of an ISO time."""
    found = _DAY.match(said.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _remote(tree: LexborHTMLParser) -> bool:
    nodes = tree.css("img[src],script[src],iframe[src],link[href][rel=stylesheet],object[data],embed[src]")
    named = (n.attributes.get(a) for n in nodes for a in ("src", "href", "data"))
    return any(_REMOTE.match(address) for address in named if address)


def _text(node: LexborNode) -> str:
    lines = "".join(_pieces(node)).split("\n")
    plain = "\n".join(_SPACE.sub(" ", line).replace("\u00a0", " ").strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def _pieces(root: LexborNode) -> Iterator[str]:
    """Yield the text of a tree, a line end at each edge of a block; without recursion, however deep."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    seen = 0
    while stack:
        node, closing = stack.pop()
        tag = node.tag or ""
        if closing:
            yield "\n\n" if tag in _PARAGRAPHS else "\n"
            continue
        seen += 1
        if seen > NODES_LIMIT:
            return
        if tag == "-text":
            yield (node.text_content or "").replace("\n", " ")
            continue
        if tag == "br":
            yield "\n"
        elif tag in ("td", "th"):
            yield " "
        elif tag in _BLOCKS:
            yield "\n"
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(_children(node)))


def _children(node: LexborNode) -> list[LexborNode]:
    found, child = [], node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found
