"""What lines can belong to (辅助核算): the entries of all registers, as pickers offer them and screens name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from villagebook.domain.link import Link, LinkTarget
from villagebook.services.names import link_kind_title
from villagebook.storage import links
from villagebook.storage.book import Book


def choices(book: Book) -> tuple[LinkTarget, ...]:
    """Every entry of every register by kind and code; those out of use too, so that old lines can be named."""
    with book.reading() as connection:
        return links.targets(connection)


def by_link(targets: Iterable[LinkTarget]) -> dict[Link, LinkTarget]:
    return {target.link: target for target in targets}


def title(link: Link, known: Mapping[Link, LinkTarget]) -> str:
    """`Household 1-01 何老四`; the bare code when the registers do not hold it."""
    target = known.get(link)
    name = f" {target.name}" if target and target.name != link.code else ""
    return f"{link_kind_title(link.kind)} {link.code}{name}"


def titles(found: Iterable[Link], known: Mapping[Link, LinkTarget], sep: str = "; ") -> str:
    """All links of a line in one text, for a cell of a table."""
    return sep.join(title(link, known) for link in found)
