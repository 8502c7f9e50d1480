"""The parts of an approval slip, from its title to the lines for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from villagebook.domain.document import Item
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.slip import SEAL_LENGTH, Slip, SlipSlot
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _, ngettext
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.fonts import face
from villagebook.reports.grid import Column, Grid, Type, fit_widths
from villagebook.reports.pen import HAIR, MM, THICK, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.slip_words import SUPPORTS, TITLES, particulars
from villagebook.reports.wrapping import wrap

SIDE = 10 * MM
INNER = 210 * MM - 2 * SIDE
QR = 30 * MM
LATER_QR = 24 * MM
TITLE, BODY, SMALL = 19, 11, 8.5
PAD = 3
TABLE = Type(BODY, 9.5, PAD, 6.5 * MM)
SLOT_HEIGHTS = (22 * MM, 19 * MM, 16 * MM)
MOST_SLOTS = 4
HAND = 7.5 * MM
"""Height kept free for a signature below the printed names."""
MOST_ROWS = 4
SEAL_SHOWN = 16


def slip_title(slip: Slip) -> str:
    return _(TITLES[slip.document.kind])


def _seal(slip: Slip) -> str:
    """The first sixteen digits of the content seal in fours, to be read aloud."""
    digits = slip.content_hash[:SEAL_LENGTH][:SEAL_SHOWN]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def first_head(slip: Slip) -> Block:
    """Village, title, date, who and where, with the code on the right."""
    width = INNER - QR - 4 * PAD
    rows = _pairs(slip, width)
    title = slip_title(slip)
    title_height = 1.4 * TITLE
    captions = wrap(_seal(slip), QR + 2 * PAD, SMALL)
    village = wrap(slip.village, width, BODY)
    left_height = len(village) * 1.3 * BODY + title_height + 4 + rows.height
    height = max(left_height, QR + len(captions) * 1.2 * SMALL) + 2 * PAD

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.qr(x + INNER - QR, y - PAD, QR, slip.code, Level.M)
        pen.lines(x + INNER - QR / 2, y + QR - PAD, captions, SMALL, 1.2 * SMALL, align=Align.CENTRE)
        pen.lines(x + width / 2, y, village, BODY, 1.3 * BODY, align=Align.CENTRE)
        y += len(village) * 1.3 * BODY
        pen.text(x + width / 2, y + title_height / 2, title, TITLE, bold=True, align=Align.CENTRE)
        half = face(True).measure(title, TITLE) / 2 + 8
        for rule in (title_height, title_height + 2.2):
            pen.line(x + width / 2 - half, y + rule, x + width / 2 + half, y + rule, 0.8)
        rows.draw(pen, x, y + title_height + 4)

    return Block(height, draw)


def _pairs(slip: Slip, width: float) -> Block:
    """Label and value, two pairs in a row, each value as high as it needs."""
    document = slip.document
    pairs = [(_("Booking date"), document.booked_on.isoformat())]
    pairs += particulars(document, slip.place_name, slip.to_place_name, slip.handler_name)
    if slip.tier:
        pairs.append((_("Approval tier"), slip.tier))
    cells = [_pair(label, value, width / 2 - PAD) for label, value in pairs]
    purpose = _pair(_("Purpose"), document.summary, width)
    rows = [cells[at : at + 2] for at in range(0, len(cells), 2)]

    def draw(pen: Pen, x: float, y: float) -> None:
        for row in rows:
            for index, cell in enumerate(row):
                cell.draw(pen, x + index * width / 2, y)
            y += max(cell.height for cell in row)
        purpose.draw(pen, x, y)

    return Block(sum(max(cell.height for cell in row) for row in rows) + purpose.height, draw)


def _pair(label: str, value: str, width: float) -> Block:
    label = _("{label}:").format(label=label)
    names = wrap(label, width / 2, SMALL)
    indent = max(face().measure(name, SMALL) for name in names) + 4
    lines = wrap(value, width - indent, BODY, bold=True)
    leading = 1.4 * BODY
    height = max(len(lines) * leading, len(names) * 1.15 * SMALL)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y + (leading - 1.15 * SMALL) / 2 if len(names) == 1 else y, names, SMALL, 1.15 * SMALL)
        pen.lines(x + indent, y, lines, BODY, leading, bold=True)

    return Block(height, draw)


def later_head(slip: Slip) -> Block:
    """The head of the pages a long slip goes on over: enough to know what one signs, and the code again."""
    document = slip.document
    width = INNER - LATER_QR - 4 * PAD
    title = _("{title}, continued").format(title=slip_title(slip))
    amount = _("{amount} yuan").format(amount=yuan_text(document.total_fen))
    texts = (slip.village, " · ".join(filter(None, (document.booked_on.isoformat(), document.party, amount))))
    lines = [line for text in texts for line in wrap(text, width, BODY)]
    height = max(1.8 * TITLE + len(lines) * 1.4 * BODY, LATER_QR + 1.2 * SMALL) + PAD

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.qr(x + INNER - LATER_QR, y - PAD, LATER_QR, slip.code, Level.M)
        pen.text(x + INNER, y + LATER_QR - PAD + 0.6 * SMALL, _seal(slip), SMALL, align=Align.RIGHT)
        pen.text(x, y + 0.9 * TITLE, title, 0.8 * TITLE, bold=True)
        pen.lines(x, y + 1.8 * TITLE, lines, BODY, 1.4 * BODY)

    return Block(height, draw)


def item_rows(slip: Slip) -> list[Block]:
    """The items in plain words with quantity and price; none for a transfer or an adjustment."""
    items = slip.document.items
    if not items:
        return []
    columns = [
        Column(_("No."), Align.CENTRE),
        Column(_("Matter"), weight=1, least=12),
        Column(_("Quantity"), Align.CENTRE, most=8),
        Column(_("Price"), Align.RIGHT),
        Column(_("Amount"), Align.RIGHT),
    ]
    cells = [_item_cells(no, item, slip.document.summary) for no, item in enumerate(items, 1)]
    grid = Grid(columns, fit_widths(columns, cells, INNER, TABLE), TABLE)
    head = grid.head()
    rows = [block for texts in cells for block in grid.row(texts, head=head, most_height=60 * MM)]
    return [*rows, grid.closing_rule()]


def _item_cells(no: int, item: Item, summary: str) -> list[str]:
    price = "" if item.unit_price_fen is None else yuan_text(item.unit_price_fen)
    return [
        str(no),
        item.summary or summary,
        f"{item.quantity} {item.unit}".strip(),
        price,
        yuan_text(item.amount_fen),
    ]


def amount_block(slip: Slip) -> Block:
    """The amount in capitals and in figures, never apart."""
    fen = slip.document.total_fen
    figures = f"¥{yuan_text(fen)}"
    figure_width = face(True).measure(figures, 14) + 4 * PAD
    words = _("Amount in capitals: {words}").format(words=capital_amount(fen))
    lines = wrap(words, INNER - figure_width - 2 * PAD, 12, bold=True)
    height = max(9 * MM, len(lines) * 15.6 + 2 * PAD)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, INNER, height, THICK)
        pen.line(x + INNER - figure_width, y, x + INNER - figure_width, y + height)
        pen.lines(x + PAD, y + (height - len(lines) * 15.6) / 2, lines, 12, 15.6, bold=True)
        pen.text(x + INNER - 2 * PAD, y + height / 2, figures, 14, bold=True, align=Align.RIGHT)

    return Block(height, draw)


def paper_line(slip: Slip) -> list[Block]:
    """The paper behind it: kind, number, how many sheets, how many pictures are kept in the book."""
    document = slip.document
    texts = [_("Supporting paper: {kind}").format(kind=_(SUPPORTS[document.support]))]
    if document.support_no:
        texts.append(_("number {number}").format(number=document.support_no))
    texts.append(
        ngettext("{n} sheet attached", "{n} sheets attached", document.paper_count).format(
            n=document.paper_count
        )
    )
    stored = len(document.attachments)
    texts.append(ngettext("{n} picture in the book", "{n} pictures in the book", stored).format(n=stored))
    lifted = [_line(slip.lifting, 9.5, 0.35)] if slip.lifting else []
    words = _("; ").join(filter(None, (document.excuse.strip(), *slip.reasons)))
    excused = [_line(_("Reason recorded: {reason}").format(reason=words), 9.5, 0.35)] if words else []
    return [_line(_("; ").join(texts), 9.5, 0.35), *excused, *lifted]


def _line(text: str, size: float, space: float) -> Block:
    lines = wrap(text, INNER, size)
    leading = 1.35 * size

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y + space * size, lines, size, leading)

    return Block(len(lines) * leading + 2 * space * size, draw)


def entry_table(slip: Slip) -> list[Block]:
    """The entries of an adjustment, which has no items: here they are the matter itself."""
    columns = [
        Column(_("Account"), weight=2, least=8),
        Column(_("Summary"), weight=3, least=8),
        Column(_("Debit"), Align.RIGHT),
        Column(_("Credit"), Align.RIGHT),
    ]
    rows = [
        [
            _account(slip, line),
            line.summary,
            *(yuan_text(fen) if fen else "" for fen in (line.debit_fen, line.credit_fen)),
        ]
        for line in slip.lines
    ]
    grid = Grid(columns, fit_widths(columns, rows, INNER, TABLE), TABLE)
    head = grid.head()
    blocks = [block for row in rows for block in grid.row(row, head=head, most_height=60 * MM)]
    return [*blocks, grid.closing_rule(), gap(2 * MM)]


def entry_lines(slip: Slip) -> list[Block]:
    """The derived double entry in small type, two entries in a row."""
    texts = []
    for line in slip.lines:
        side = _("Debit {account} {amount}") if line.debit_fen else _("Credit {account} {amount}")
        amount = yuan_text(line.debit_fen or line.credit_fen)
        texts.append(side.format(account=_account(slip, line), amount=amount))
    width = INNER / 2 - PAD
    cells = [wrap(text, width, SMALL) for text in texts]
    return [*(_entry_row(cells[at : at + 2]) for at in range(0, len(cells), 2)), gap(1.5 * MM)]


def _account(slip: Slip, line: VoucherLine) -> str:
    return " ".join(filter(None, (line.account, dict(slip.account_names).get(line.account, ""))))


def _entry_row(cells: Sequence[Sequence[str]]) -> Block:
    leading = 1.25 * SMALL

    def draw(pen: Pen, x: float, y: float) -> None:
        for index, lines in enumerate(cells):
            pen.lines(x + index * INNER / 2, y, lines, SMALL, leading)

    return Block(max(map(len, cells)) * leading, draw)


def sign_slots(slip: Slip, least_height: float) -> list[Block]:
    """A field for each signature in the order of signing, several in a row; parted over pages only when many."""
    fields = [(no, slot) for no, slot in enumerate(slip.slots, 1) for slot in _fields(slot)]
    across = max(1, min(MOST_SLOTS, len(fields)))
    rows = -(-len(fields) // across)
    across = -(-len(fields) // rows) if fields else 1
    blocks = [
        _slot_row(fields[at : at + across], across, least_height) for at in range(0, len(fields), across)
    ]
    return [stack(blocks)] if rows <= MOST_ROWS else blocks


def _fields(slot: SlipSlot) -> list[SlipSlot]:
    """One for each signature, and behind them one for the seal where the township asks for it."""
    signed = [replace(slot, seal="")] * max(1, slot.count)
    place = _("{slot}: place for the {seal}").format(slot=slot.title, seal=slot.seal)
    return [*signed, replace(slot, title=place, may_sign=(), why="")] if slot.seal else signed


def _slot_row(fields: Sequence[tuple[int, SlipSlot]], across: int, least_height: float) -> Block:
    width = INNER / across
    titles = [wrap(f"{no}. {slot.title}", width - 2 * PAD, 9.5, bold=True) for no, slot in fields]
    names = [
        wrap(_("; ").join(filter(None, (_(", ").join(slot.may_sign), slot.why))), width - 2 * PAD, SMALL)
        for _no, slot in fields
    ]
    text_height = max(
        len(title) * 12 + (len(name) * 1.2 * SMALL if name != ("",) else 0)
        for title, name in zip(titles, names, strict=True)
    )
    height = max(least_height, text_height + 2 * PAD + HAND)
    date = _("Date:")

    def draw(pen: Pen, x: float, y: float) -> None:
        for title, name, (_no, slot) in zip(titles, names, fields, strict=True):
            pen.box(x, y, width, height, 0.8)
            pen.lines(x + PAD, y + PAD, title, 9.5, 12, bold=True)
            pen.lines(x + PAD, y + PAD + len(title) * 12, name, SMALL, 1.2 * SMALL)
            if slot.seal:
                x += width
                continue
            line = y + height - 1.6 * PAD
            middle = x + 0.58 * width
            pen.line(x + PAD, line, middle - PAD, line, HAIR)
            pen.text(middle, line - 0.45 * SMALL, date, SMALL)
            start = middle + face().measure(date, SMALL) + 2
            pen.line(start, line, x + width - PAD, line, HAIR)
            x += width

    return Block(height, draw)
