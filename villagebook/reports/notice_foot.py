"""The end of a notice: what is not among the lines, the eight classes, signatures and seals, posting, objections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from villagebook.domain.mask import REASONS, Mask
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice
from villagebook.domain.sheet import Sheet
from villagebook.i18n import _, ngettext
from villagebook.reports.doubts import doubts_note
from villagebook.reports.flow import Block, gap, stack, together
from villagebook.reports.fonts import face
from villagebook.reports.grid import Column, Grid
from villagebook.reports.notice_head import code_with_seal
from villagebook.reports.notice_paper import LEAST_PT, Paper
from villagebook.reports.notice_text import groups_of_eight, heading, paragraph
from villagebook.reports.pen import MM, THICK, Align, Pen
from villagebook.reports.wrapping import wrap

SEAL_SIDE = 45 * MM
"""A village's seal measures about 42 mm."""

FEW_PLACES = 4
SIGNATURE = 38 * MM
"""Room for a name written by hand."""


def beside_the_lines(notice: Notice, paper: Paper) -> list[Block]:
    """Rejected, not yet booked, left out: what a reader would miss in silence."""
    texts = [
        ngettext(
            "Spending rejected by the supervisors: {n} item, {amount} yuan.",
            "Spending rejected by the supervisors: {n} items, {amount} yuan.",
            notice.rejected_count,
        ).format(n=notice.rejected_count, amount=yuan_text(notice.rejected_fen)),
        ngettext(
            "Matters known but not yet booked: {n}.",
            "Matters known but not yet booked: {n}.",
            notice.unbooked_count,
        ).format(n=notice.unbooked_count),
    ]
    if notice.masks:
        texts.append(masks_note(notice.masks))
    title = heading(_("Not among the lines above"), paper)
    first, *others = [paragraph(text, paper) for text in texts]
    if not notice.excluded:
        none = _("Vouchers not in the table above: none.")
        return [stack([title, first]), *others, paragraph(none, paper)]
    why = paragraph(_("Vouchers not in the table above, and why:"), paper)
    named, *more = [paragraph(_("  · {text}").format(text=text), paper) for text in notice.excluded]
    return [stack([title, first]), *others, stack([why, named]), *more]


def masks_note(masks: Sequence[Mask]) -> str:
    """How many cells do not say all that is known, why, and that a second person looks; "" for none."""
    if not masks:
        return ""
    counts = Counter(mask.reason for mask in masks)
    whys = _(", ").join(_("{why} {n}").format(why=_(REASONS[r]), n=counts[r]) for r in REASONS if r in counts)
    text = _(
        "Not written out: {n} ({whys}). Somebody who did not compile this sheet looks at each of them before supervision signs."
    )
    return text.format(n=len(masks), whys=whys)


def eight_classes(notice: Notice, paper: Paper) -> list[Block]:
    """Each class of the disclosure rules with what this period holds of it, two side by side."""
    if not notice.classes:
        return []
    nothing = _("None in this period.")
    cells = [
        _("{no}. {name}: {text}").format(no=no, name=state.name, text=state.text or nothing)
        for no, state in enumerate(notice.classes, 1)
    ]
    cells += [""] * (len(cells) % 2)
    half = len(cells) // 2
    grid = Grid([Column(""), Column("")], [paper.inner / 2] * 2, paper.small_table)
    head = stack([heading(_("The eight classes that must be disclosed"), paper), grid.closing_rule()])
    rows = [
        block
        for i in range(half)
        for block in grid.row([cells[i], cells[i + half]], head=head, most_height=paper.room / 3)
    ]
    return together([*rows, grid.closing_rule()], paper.room / 2)


class Signed(Protocol):
    """A paper for the board that supervision and the village sign."""

    @property
    def reviewers(self) -> tuple[str, ...]: ...

    @property
    def officials(self) -> tuple[tuple[str, str], ...]: ...


class Hung(Protocol):
    """A paper with places where it hangs."""

    @property
    def places_to_post(self) -> tuple[str, ...]: ...

    @property
    def min_days(self) -> int: ...


def sign_off(notice: Signed, paper: Paper) -> list[Block]:
    """The supervisors' opinion and the officials' signatures, each with room for the seal."""
    width = (paper.inner - 3 * paper.pad) / 2 if paper.wide else paper.inner
    supervisors = [("", name) for name in notice.reviewers] or [("", "")] * 3
    boxes = [
        _sign_box(_("Opinion of the supervision committee"), supervisors, True, paper, width),
        _sign_box(_("Signed for the village"), notice.officials or (("", ""),) * 3, False, paper, width),
    ]
    if not paper.wide:
        return [gap(1.2 * paper.body), boxes[0], gap(paper.body), boxes[1]]
    height = max(box.height for box in boxes)
    boxes = [
        _sign_box(_("Opinion of the supervision committee"), supervisors, True, paper, width, height),
        _sign_box(
            _("Signed for the village"), notice.officials or (("", ""),) * 3, False, paper, width, height
        ),
    ]

    def draw(pen: Pen, x: float, y: float) -> None:
        boxes[0].draw(pen, x, y)
        boxes[1].draw(pen, x + paper.inner - width, y)

    return [gap(1.2 * paper.body), Block(height, draw)]


def closing(signatures: Sequence[Block], posted: Sequence[Block], room: float) -> list[Block]:
    """Signatures and what is filled in at the board, as much of it on one page as its `room` holds: neither says much alone."""
    blocks = [*signatures, *posted]
    first = next((n for n in range(1, len(blocks)) if stack(blocks[n:]).height <= room), 1)
    return [*blocks[:first], *together(blocks[first:], room)]


def _sign_box(
    title: str,
    people: Sequence[tuple[str, str]],
    opinion: bool,
    paper: Paper,
    width: float,
    least: float = 0,
) -> Block:
    """A framed box: title, opinion to tick, a line per signature, and the square for the seal over the date."""
    inset = 2.5 * paper.pad
    room = width - SEAL_SIDE - 3 * inset
    parts = [_opinion(paper, room)] if opinion else []
    body = stack([*parts, _signatures(people, paper, room)])
    top = 1.9 * paper.body
    height = max(least, top + body.height + inset, SEAL_SIDE + 1.5 * paper.small + 1.5 * inset)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, width, height, THICK)
        pen.text(x + inset, y + top / 2 + 1, title, paper.body, bold=True)
        body.draw(pen, x + inset, y + top)
        left, upper = x + width - SEAL_SIDE - inset, y + height - SEAL_SIDE - inset
        pen.text(
            left + SEAL_SIDE / 2, upper - 0.75 * paper.small, _("Seal here"), paper.small, align=Align.CENTRE
        )
        pen.box(left, upper, SEAL_SIDE, SEAL_SIDE, dashed=True)
        date = _("Date:  __  __  __")
        pen.text(left + SEAL_SIDE / 2, upper + SEAL_SIDE - LEAST_PT, date, LEAST_PT, align=Align.CENTRE)

    return Block(height, draw)


def _opinion(paper: Paper, room: float) -> Block:
    """Two boxes to tick and two lines to write on."""
    choices = (_("True and complete; it may be posted."), _("Not agreed, because:"))
    square = 0.8 * paper.small
    indent = square + 0.6 * paper.small
    texts = [wrap(choice, room - indent, paper.small) for choice in choices]
    ruled = 1.9 * paper.small
    height = sum(map(len, texts)) * paper.leading + 2 * ruled + 0.6 * paper.small

    def draw(pen: Pen, x: float, y: float) -> None:
        for lines in texts:
            pen.box(x, y + (paper.leading - square) / 2, square, square, 0.9)
            pen.lines(x + indent, y, lines, paper.small, paper.leading)
            y += len(lines) * paper.leading
        for count in (1, 2):
            pen.line(x, y + count * ruled, x + room, y + count * ruled)

    return Block(height, draw)


def _signatures(people: Sequence[tuple[str, str]], paper: Paper, room: float) -> Block:
    """Post and name with a line behind; two in a row when there is room."""
    labels = [" ".join(filter(None, person)) for person in people]
    widest = max(face().measure(label, paper.small) for label in labels) + 0.6 * paper.small
    across = 2 if 2 * (widest + SIGNATURE) + 2 * paper.body <= room else 1
    cell = room / across
    label_room = min(widest, cell - 0.6 * SIGNATURE)
    texts = [wrap(label, label_room, paper.small) for label in labels]
    height = max(10.5 * MM, max(map(len, texts)) * paper.leading)

    def draw(pen: Pen, x: float, y: float) -> None:
        for index, lines in enumerate(texts):
            row, column = divmod(index, across)
            left, bottom = x + column * cell, y + (row + 1) * height
            pen.lines(left, bottom - len(lines) * paper.leading, lines, paper.small, paper.leading)
            end = left + cell - (paper.body if column + 1 < across else 0)
            pen.line(left + label_room, bottom - 0.2 * paper.small, end, bottom - 0.2 * paper.small)

    return Block(-(-len(texts) // across) * height + paper.pad, draw)


def posting(notice: Notice, paper: Paper) -> list[Block]:
    """Where, when and by whom it hangs; how to object; how to compare; and the code once more."""
    compare = _(
        "To compare: scan the code with any phone. It shows village, period, opening balance, income, spending, "
        "closing balance and the number of lines in plain figures; they must equal the printed ones, and its last group begins "
        "with the seal at the foot of every page. Keep a picture: "
        "the opening balance of the next notice must be the closing balance of this one, and two copies of one notice "
        "must show the same text."
    )
    notes = [(doubts_note(notice), True), (compare, False), (compiled_note(notice), False)]
    return posting_block(notice, code_with_seal(notice, paper), notes, paper)


def posting_block(hung: Hung, code: Block, notes: Sequence[tuple[str, bool]], paper: Paper) -> list[Block]:
    """The places to fill in by hand, notes (text, bold) and the code on the right."""
    column = paper.inner - paper.qr - 4 * paper.pad
    told = [_note(text, paper, column, bold=bold) for text, bold in notes]
    few = len(hung.places_to_post) <= FEW_PLACES
    left = stack([*posting_table(hung, paper, column), *told] if few else told)

    def draw(pen: Pen, x: float, y: float) -> None:
        left.draw(pen, x, y)
        code.draw(pen, x + paper.inner - paper.qr, y)

    above = [] if few else [*posting_table(hung, paper, paper.inner), gap(0.5 * paper.body)]
    return [gap(1.2 * paper.body), *above, Block(max(left.height, code.height), draw)]


def compiled_note(paper: Notice | Sheet) -> str:
    """The state of the book it was made from."""
    return _("Compiled on {day} from the book up to entry {seq} ({digits}); rules: {policy}.").format(
        day=paper.compiled_on.isoformat(),
        seq=paper.log_seq,
        digits=groups_of_eight(paper.log_hash),
        policy=_rules_named(paper.policy),
    )


DELIVERED = "villagebook-default"
"""Id of the parameters that come with the program; every other set was signed by the township under its own name."""


def _rules_named(policy: str) -> str:
    """Name and version of the parameters, as somebody before the board can understand them."""
    name, _space, version = policy.partition(" ")
    if name != DELIVERED:
        return policy
    return _("those delivered with the program, version {version}").format(version=version)


def _note(text: str, paper: Paper, width: float, *, bold: bool) -> Block:
    lines = wrap(text, width, paper.small, bold=bold)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y + 0.5 * paper.small, lines, paper.small, paper.leading, bold=bold)

    return Block(len(lines) * paper.leading + 0.5 * paper.small, draw)


def posting_table(notice: Hung, paper: Paper, width: float) -> list[Block]:
    """A row to fill in by hand for each place; the headings come with the first row."""
    columns = [
        Column(_("Place of the board")),
        Column(_("Posted on")),
        Column(
            ngettext(
                "Taken down on (after {n} day or more)",
                "Taken down on (after {n} days or more)",
                notice.min_days,
            ).format(n=notice.min_days)
        ),
        Column(_("Posted by")),
    ]
    widths = [share * width for share in (0.34, 0.2, 0.26, 0.2)]
    grid = Grid(columns, widths, paper.small_table)
    head = grid.head()
    places = notice.places_to_post or ("",)
    return [*(grid.row([place, "", "", ""], head=head)[0] for place in places), grid.closing_rule()]
