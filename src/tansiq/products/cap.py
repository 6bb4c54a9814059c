"""A warning as an XML document of CAP 1.2, in the order of elements that the standard fixes."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from tansiq.model.cap import CapAlert, CapArea, CapInfo, cap_time

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
Element = ElementTree.Element


def cap_xml(alert: CapAlert) -> bytes:
    """Return the document as UTF-8 bytes with its declaration; elements that are blank are left out."""
    root = Element("alert", {"xmlns": NAMESPACE})
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", cap_time(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.msg_type)
    _add(root, "scope", alert.scope)
    _add(root, "restriction", alert.restriction)
    _add(root, "addresses", " ".join(alert.addresses))
    _add(root, "note", alert.note)
    _add(root, "references", " ".join(alert.references))
    for info in alert.infos:
        _info(ElementTree.SubElement(root, "info"), info)
    ElementTree.indent(root)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _info(node: Element, info: CapInfo) -> None:
    _add(node, "language", info.language)
    _add(node, "category", info.category)
    _add(node, "event", info.event)
    for response in info.responses:
        _add(node, "responseType", response)
    _add(node, "urgency", info.urgency)
    _add(node, "severity", info.severity)
    _add(node, "certainty", info.certainty)
    _add(node, "onset", cap_time(info.onset) if info.onset else "")
    _add(node, "expires", cap_time(info.expires) if info.expires else "")
    _add(node, "headline", info.headline)
    _add(node, "description", info.description)
    _add(node, "instruction", info.instruction)
    if info.area is not None:
        _area(ElementTree.SubElement(node, "area"), info.area)


def _area(node: Element, area: CapArea) -> None:
    _add(node, "areaDesc", area.words)
    _add(node, "polygon", area.polygon)
    _add(node, "circle", area.circle)


def _add(node: Element, name: str, text: str) -> None:
    if text:
        ElementTree.SubElement(node, name).text = text
