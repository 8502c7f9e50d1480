"""The fingerprint sheet on A4: the groups large enough to be read aloud, lines for both sides to sign after comparing."""

from __future__ import annotations

from villagebook.domain.key_sheet import KeySheet
from villagebook.i18n import _
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.table_pdf import PAPERS
from villagebook.reports.wrapping import wrap

SIDE, TOP = 20 * MM, 22 * MM
TITLE, LARGE, BODY, SMALL = 22, 34, 11, 8.5
QR = 38 * MM
LABEL = 34 * MM


def render_key_sheet(sheet: KeySheet) -> bytes:
    """One upright page."""
    width, height = PAPERS["A4"]
    inner = width - 2 * SIDE
    pen = Pen(width, height, f"{sheet.village} {sheet.person} {sheet.fingerprint}")
    pen.text(width / 2, TOP, _("Fingerprint of a signing key"), TITLE, bold=True, align=Align.CENTRE)
    y = _facts(pen, sheet, TOP + 14 * MM, inner - QR - 6 * MM)
    pen.qr(SIDE + inner - QR, TOP + 10 * MM, QR, sheet.code_text, Level.M)
    y = _groups(pen, sheet, max(y, TOP + 10 * MM + QR) + 8 * MM, inner)
    y = _said(pen, y + 8 * MM, inner)
    y = _hands(pen, sheet, y + 6 * MM, inner)
    _whole_key(pen, sheet, y + 10 * MM, inner)
    pen.end_page()
    return pen.finish()


def _facts(pen: Pen, sheet: KeySheet, y: float, inner: float) -> float:
    lines = (
        (_("Village"), f"{sheet.village}  {sheet.code}"),
        (_("Official"), sheet.person),
        (_("Post"), sheet.post or "–"),
        (_("Made at"), sheet.made_at or "–"),
        (_("Procedure"), sheet.suite),
    )
    for what, value in lines:
        pen.text(SIDE, y + 0.8 * BODY, what, BODY)
        for line in wrap(value, inner - LABEL, BODY, bold=True):
            pen.text(SIDE + LABEL, y + 0.8 * BODY, line, BODY, bold=True)
            y += 1.75 * BODY
    return y


def _groups(pen: Pen, sheet: KeySheet, y: float, inner: float) -> float:
    """The groups beside each other in a frame; each alone in its field, so that a finger can follow."""
    field, high = inner / len(sheet.groups), 24 * MM
    for at, group in enumerate(sheet.groups):
        x = SIDE + at * field
        pen.box(x, y, field, high, 1)
        pen.text(x + field / 2, y + high / 2, group, LARGE, bold=True, align=Align.CENTRE)
        pen.text(x + 4, y + 7, str(at + 1), SMALL)
    return y + high


def _said(pen: Pen, y: float, inner: float) -> float:
    texts = (
        _(
            "1. The official compares these four groups with those on the screen of the village's computer, and signs below."
        ),
        _(
            "2. The sheet goes to the township with the request file. The township's officer compares the groups with those the "
            "township's own program reads out of the file, asks the official for them in person or over a telephone number known "
            "before, and signs below."
        ),
        _(
            "3. If one character differs, nobody signs and no key is certified. Both keep a copy of the signed sheet."
        ),
    )
    for text in texts:
        for line in wrap(text, inner, BODY):
            pen.text(SIDE, y + 0.8 * BODY, line, BODY)
            y += 1.6 * BODY
        y += 0.4 * BODY
    return y


def _hands(pen: Pen, sheet: KeySheet, y: float, inner: float) -> float:
    """Whose key it is, who oversaw it, and who compared it at the township."""
    signers = (
        (_("Official (owner of the key)"), sheet.person),
        (_("Supervision of the village"), ""),
        (_("Officer of the township"), sheet.township),
    )
    high = 25 * MM
    for role, name in signers:
        pen.box(SIDE, y, inner, high, 0.8)
        pen.text(SIDE + 6, y + BODY, role, BODY, bold=True)
        pen.text(SIDE + inner - 6, y + BODY, name, BODY, align=Align.RIGHT)
        foot = y + high - 9
        for x, label, share in (
            (SIDE + 6, _("Signature:"), 0.42),
            (SIDE + 0.46 * inner, _("The groups agree:"), 0.26),
            (SIDE + 0.74 * inner, _("Date:"), 0.24),
        ):
            pen.text(x, foot - 12, label, SMALL)
            pen.line(x, foot, x + share * inner - 10, foot, HAIR)
        y += high + 3 * MM
    return y


def _whole_key(pen: Pen, sheet: KeySheet, y: float, inner: float) -> None:
    pen.text(SIDE, y, _("The whole public half (also in the square code):"), SMALL)
    groups = sheet.public_groups
    half = len(groups) // 2
    for number, row in enumerate((groups[:half], groups[half:]), 1):
        pen.text(SIDE, y + number * 1.7 * SMALL, " ".join(row), SMALL)
