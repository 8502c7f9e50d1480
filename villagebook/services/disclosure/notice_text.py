"""The notice as plain text and as JSON: same data, same filter, no other door."""

from __future__ import annotations

import json

from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.notice import BankStand, KindFigure, Notice, NoticeLine, notice_code
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
        "lines": [_line(line) for line in notice.lines],
        "transfers": [_transfer(line) for line in notice.transfers],
        "kinds": [_kind(kind) for kind in notice.kinds],
        "banks": [_bank(bank) for bank in notice.banks],
        "excluded": list(notice.excluded),
        "classes": [{"name": c.name, "text": c.text} for c in notice.classes],
        "log": {"seq": notice.log_seq, "hash": notice.log_hash},
        "content_hash": notice.content_hash(),
        "qr": notice_code(notice),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _line(line: NoticeLine) -> dict[str, object]:
    return {
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
        "kind": line.kind,
        "quantity": line.quantity,
        "unit_price": format_fen(line.price_fen) if line.price_fen else "",
        "resolution": line.resolution,
    }


def _transfer(line: NoticeLine) -> dict[str, object]:
    return {
        "date": line.day,
        "voucher": line.voucher,
        "summary": line.summary,
        "amount": format_fen(line.spending_fen),
        "way": line.source,
    }


def _kind(kind: KindFigure) -> dict[str, object]:
    return {
        "account": kind.code,
        "words": kind.words,
        "side": "income" if kind.is_income else "spending",
        "part": bool(kind.depth),
        "amount": format_fen(kind.fen),
        "last": _known(kind.last_fen),
        "year_ago": _known(kind.year_ago_fen),
        "year": format_fen(kind.year_fen),
        "budget": _known(kind.budget_fen),
    }


def _bank(bank: BankStand) -> dict[str, object]:
    return {
        "account": bank.name,
        "book": format_fen(bank.book_fen),
        "bank": _known(bank.bank_fen),
        "open": format_fen(bank.open_fen),
        "unexplained": format_fen(bank.unexplained_fen),
    }


def _known(fen: int | None) -> str:
    return "" if fen is None else format_fen(fen)


def notice_text(notice: Notice, draft: bool) -> bytes:
    """For a chat group or the loudspeaker: short lines, no table."""
    nothing = _("None in this period.")
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
    lines += [f"{c.name}: {c.text or nothing}" for c in notice.classes]
    lines.append(notice_code(notice))
    return ("\n".join(lines) + "\n").encode("utf-8")
