"""The notice as plain text and as JSON: same data, same filter, no other door."""

from __future__ import annotations

import json

from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.notice import Notice, notice_code
from villagebook.i18n import _


def notice_json(notice: Notice, draft: bool) -> bytes:
    """Amounts as texts in yuan; the QR text and the content hash as printed."""
    body = {
        "village": notice.village,
        "code": notice.village_code,
        "number": notice.number,
        "period": str(notice.span),
        "draft": draft,
        "opening": format_fen(notice.opening_fen),
        "income": format_fen(notice.income_fen),
        "spending": format_fen(notice.spending_fen),
        "closing": format_fen(notice.closing_fen),
        "year_income": format_fen(notice.year_income_fen),
        "year_spending": format_fen(notice.year_spending_fen),
        "balances": [
            {"name": b.name, "opening": format_fen(b.opening_fen), "closing": format_fen(b.closing_fen)}
            for b in notice.balances
        ],
        "lines": [
            {
                "no": line.no,
                "date": line.day,
                "voucher": line.voucher,
                "summary": line.summary,
                "income": format_fen(line.income_fen),
                "spending": format_fen(line.spending_fen),
                "source": line.source,
                "party": line.party,
                "handler": line.handler,
                "approver": line.approver,
                "remark": line.remark,
                "class": line.group,
            }
            for line in notice.lines
        ],
        "transfers": [
            {
                "date": t.day,
                "voucher": t.voucher,
                "summary": t.summary,
                "amount": format_fen(t.spending_fen),
                "way": t.source,
            }
            for t in notice.transfers
        ],
        "excluded": list(notice.excluded),
        "classes": [{"name": c.name, "text": c.text} for c in notice.classes],
        "log": {"seq": notice.log_seq, "hash": notice.log_hash},
        "content_hash": notice.content_hash(),
        "qr": notice_code(notice),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def notice_text(notice: Notice, draft: bool) -> bytes:
    """For a chat group or the loudspeaker: short lines, no table."""
    lines = [
        notice.title,
        f"{notice.village}  {notice.span}  {notice.number}" + (f"  ({_('DRAFT')})" if draft else ""),
        _("Opening {opening}, income {income}, spending {spending}, closing {closing}.").format(
            opening=yuan_text(notice.opening_fen),
            income=yuan_text(notice.income_fen),
            spending=yuan_text(notice.spending_fen),
            closing=yuan_text(notice.closing_fen),
        ),
    ]
    for line in notice.lines:
        sign = "+" if line.income_fen else "-"
        amount = yuan_text(line.income_fen or line.spending_fen)
        who = f"  {line.party}" if line.party else ""
        lines.append(f"{line.no}. {line.day[5:]} {line.voucher} {line.summary} {sign}{amount}{who}")
    lines += [f"{c.name}: {c.text or _('nothing in this period')}" for c in notice.classes]
    lines.append(notice_code(notice))
    return ("\n".join(lines) + "\n").encode("utf-8")
