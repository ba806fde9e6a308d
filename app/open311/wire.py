"""The standard's two formats. The same data is an array or object in JSON, and in XML elements
named by its keys; the items of a list are named by the singular of the list's name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from flask import Response, request

from app.core import clock
from app.core.edge import JSON, encode
from app.core.errors import Refusal
from app.open311.refusals import UnknownFormat

XML = "text/xml; charset=utf-8"
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


def answer(fmt: str, root: str, data: object, status: int = 200) -> Response:
    """Data in the format that was asked for. UnknownFormat for another."""
    if fmt == "json":
        return Response(encode(data), status=status, content_type=JSON)
    if fmt == "xml":
        return Response(_document(root, data), status=status, content_type=XML)
    raise UnknownFormat


def refused(refusal: Refusal) -> Response:
    """A refusal as the standard has it: a list of codes and descriptions, in the asked format."""
    status = 400 if refusal.status == 422 else refusal.status
    sentences = [
        f"{_named(field)}: {sentence}"
        for field, said in refusal.errors.items()
        for sentence in said
    ] or [refusal.sentence]
    errors = [{"code": status, "description": sentence} for sentence in sentences]
    return answer("json" if request.path.endswith(".json") else "xml", "errors", errors, status)


def moment(at: datetime) -> str:
    """A moment with its zone, to the second."""
    return at.astimezone(clock.LOCAL).isoformat(timespec="seconds")


def _named(field: str) -> str:
    start, _, attribute = field.partition("attribute_")
    return field if start or not attribute else f"attribute[{attribute}]"


def _document(root: str, data: object) -> bytes:
    element = ElementTree.Element(root)
    _fill(element, data)
    written: bytes = ElementTree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return written


def _fill(element: ElementTree.Element, data: object) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            _fill(ElementTree.SubElement(element, key), value)
    elif isinstance(data, list):
        for item in data:
            _fill(ElementTree.SubElement(element, ITEMS[element.tag]), item)
    elif data is not None:
        element.text = _text(data)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join(_allowed(str(value)))


def _allowed(text: str) -> Iterable[Any]:
    """XML has no way to write most control signs."""
    return (sign for sign in text if sign in "\t\n\r" or sign >= " ")
