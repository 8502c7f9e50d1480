"""XML from strangers: no DTD, no entities, bounded size and number of elements; names without their namespaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

MAX_XML = 10 * 1024 * 1024
MAX_ELEMENTS = 50_000
MAX_DEPTH = 60


class BadXml(ValueError):
    """`reason` is 'size', 'dtd', 'elements', 'depth' or 'form'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Careful(TreeBuilder):
    """Counts what it builds, and refuses a document type before any entity can be declared."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._count += 1
        self._depth += 1
        if self._count > MAX_ELEMENTS:
            raise BadXml("elements")
        if self._depth > MAX_DEPTH:
            raise BadXml("depth")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        raise BadXml("dtd")


def parse(data: bytes) -> Element:
    """The root element. Raises BadXml; never reads anything outside `data`."""
    if len(data) > MAX_XML:
        raise BadXml("size")
    if b"<!DOCTYPE" in data[:MAX_XML].upper() or b"<!ENTITY" in data.upper():
        raise BadXml("dtd")
    parser: XMLParser = XMLParser(target=_Careful())  # noqa: S314  # refuses document types, so no entity can be declared
    try:
        parser.feed(data)
        root = parser.close()
    except (ParseError, LookupError, ValueError) as error:
        raise (error if isinstance(error, BadXml) else BadXml("form")) from None
    return root


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def without_signatures(root: Element) -> Element:
    """The tree without `Signature` parts, which may repeat names of the invoice itself. Changes and returns it."""
    for parent in root.iter():
        for child in [c for c in parent if local(c) == "Signature"]:
            parent.remove(child)
    return root


def first(root: Element, *path: str) -> Element | None:
    """The first element down a path of local names, each any depth below the one before."""
    here = root
    for name in path:
        found = next((e for e in here.iter() if e is not here and local(e) == name), None)
        if found is None:
            return None
        here = found
    return here


def text(root: Element, *path: str) -> str:
    """Its text, full width made plain, "" when there is no such element."""
    found = first(root, *path)
    return clean(found.text) if found is not None else ""


def clean(value: str | None) -> str:
    return unicodedata.normalize("NFKC", value or "").strip()


def leaves(root: Element) -> Iterator[tuple[str, str]]:
    """(local name, text) of every element that has text."""
    for element in root.iter():
        value = clean(element.text)
        if value:
            yield local(element), value
