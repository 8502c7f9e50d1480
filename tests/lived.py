"""A village in which something of everything has happened: each official table has a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.builders import (
    CODE,
    NAME,
    START,
    Village,
    at,
    bank,
    by_hand,
    close_month,
    made_once,
    make_village,
    move,
    pay,
    payment,
    photo,
    receive,
    submit,
)
from tests.rules.facts import sheet
from villagebook.domain.correction import CorrectedLine, Correction, Wording
from villagebook.domain.period import Span
from villagebook.domain.signature import Signature, SignKind
from villagebook.services import files
from villagebook.services.approvals import signing
from villagebook.services.disclosure import notices
from villagebook.services.offices import people


def lived(folder: Path) -> Village:
    """A village with a row in every official table: January lived through, closed and disclosed, February begun."""
    return made_once(folder, "lived", lambda: _live(make_village(folder)))


def _live(village: Village) -> Village:
    receive(village, 50_000, date(2025, 1, 8), place="RC")
    bank(village, date(2025, 1, 9))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    move(village, "EX", "IM", 100_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    pay(village, 30_000, date(2025, 1, 13), place="IM", party="镇五金店", summary="购买铁锹")
    refused = payment(village, 70_000, date(2025, 1, 14), summary="购买对讲机十部", party="县通信设备公司")
    submit(village, refused)
    signing.reject(village.book, refused.id, village.ids["head"], "无采购计划", at(date(2025, 1, 15)))
    close_month(village, START)
    notice_id = _disclose(village)
    _post_events(village)
    _board_events(village, notice_id)
    _openness_events(village)
    receive(village, 60_000, date(2025, 2, 3))
    return village


def _disclose(village: Village) -> str:
    """The notice of January, reviewed by supervision; its id."""
    day = START.last_day
    notice_id = notices.submit_notice(village.book, Span.of(START), at(day, 21))
    reviewers = tuple(signing.InkMark("S", village.ids[k], day) for k in ("head", "supervisor"))
    signing.sign_ink(village.book, notice_id, reviewers, photo(village), at(day, 22))
    return notice_id


def _post_events(village: Village) -> None:
    """A post that ended, a key, accounts out of use and a package: what no day of January brings by itself."""
    day = START.last_day
    with village.book.reading() as connection:
        post_id = connection.exec_driver_sql("SELECT id FROM post WHERE kind = 'township'").scalar_one()
    people.end_post(village.book, str(post_id), date(2025, 12, 31), at(day, 22))
    by_hand(
        village,
        ("account.disabled", {"code": "515"}),
        ("account.disabled", {"code": "521"}),
        ("account.enabled", {"code": "521"}),
        (
            "key.enrolled",
            {
                "key_id": "0000-0000-0000-0000",
                "person_id": village.ids["head"],
                "public": "00" * 32,
                "suite": "ed25519-sha256",
                "from_on": "2025-01-01",
            },
        ),
        (
            "package.made",
            {
                "name": "x.vbx.zip",
                "sha256": "00" * 32,
                "head_seq": 1,
                "head_hash": "00" * 32,
                "period": 202501,
            },
        ),
        day=day,
    )


def _board_events(village: Village, notice_id: str) -> None:
    """The notice of January through all of its life, with an objection and a correction."""
    clerk, day = village.ids["clerk"], START.last_day
    content_hash = "00" * 32
    paper = photo(village).sha256
    sheet = _sheet_event()
    step = {"id": "o1", "day": "2025-02-01", "who": "周敏", "text": "已说明"}
    by_hand(
        village,
        ("board.place_set", {"name": "西坡", "spot": "东墙", "in_use": False}),
        (
            "notice.posted",
            {
                "id": "p1",
                "subject": notice_id,
                "content_hash": content_hash,
                "place": "西坡",
                "person_id": clerk,
                "posted_at": "2025-02-01T09:00",
                "photos": [["wide", paper, "unread"], ["readable", paper, "matches"]],
            },
        ),
        (
            "notice.removed",
            {"posting_id": "p1", "removed_on": "2025-02-12", "person_id": clerk, "why": "期满"},
        ),
        (
            "objection.entered",
            {
                "id": "o1",
                "number": "2025-Y01",
                "subject": notice_id,
                "line": 1,
                "received_on": "2025-02-01",
                "how": "box",
                "text": "这笔钱花到哪里去了?",
            },
        ),
        ("objection.answered", step),  # type: ignore[arg-type]  # every body is a mapping of JSON
        ("notice.corrected", _correction_event(notice_id)),
        ("correction.published", {"id": "c1"}),
        ("sheet.compiled", sheet),
        *(
            (
                "signature.given",
                Signature(
                    "s1", str(sheet["content_hash"]), "S", village.ids[k], day, SignKind.INK, paper
                ).to_data(),
            )
            for k in ("head", "supervisor")
        ),
        ("sheet.published", {"id": "s1"}),
        (
            "notice.archived",
            {"subject": notice_id, "archived_on": "2025-02-13", "items": [], "list_hash": content_hash},
        ),
        day=day,
    )


def _correction_event(notice_id: str) -> dict[str, object]:
    """A correction notice as the log holds it."""
    made = Correction(
        id="c1",
        number=f"{CODE}-202501-G1",
        notice_id=notice_id,
        notice_number=f"{CODE}-202501",
        notice_hash="00" * 32,
        objection_id="o1",
        objection_number="2025-Y01",
        village=NAME,
        village_code=CODE,
        span=Span.of(START),
        lines=(CorrectedLine(1, Wording(summary="租金"), Wording(summary="鱼塘租金")),),
        reason="摘要写得不清楚",
        reviewers=("张海涛", "赵玉兰"),
        officials=(("会计", "周敏"),),
        places_to_post=(),
        min_days=10,
        objection_days=5,
        answer_days=10,
        log_seq=9,
        log_hash="00" * 32,
        compiled_on=START.last_day,
    )
    return {
        "id": made.id,
        "number": made.number,
        "notice_id": notice_id,
        "objection_id": made.objection_id,
        "content": made.to_data(),
        "content_hash": made.content_hash(),
    }


def _openness_events(village: Village) -> None:
    """A request, an audit with its point mended, and the yearly papers laid open and copied."""
    wanted = {"months": "2025-01", "account": "513"}
    asked: dict[str, object] = {
        "id": "q1",
        "number": "2025-Q01",
        "received_on": "2025-01-20",
        "askers": "villagers",
        "asked_by": 30,
        "entitled": 200,
        "least": 20,
        "text": "管理费用花在哪里",
        "wanted": wanted,
    }
    audit: dict[str, object] = {
        "id": "a1",
        "number": "2025-S01",
        "kind": "yearly",
        "auditor": "镇农经站",
        "reported_on": "2025-01-25",
        "about": "2024年度收支",
        "result": "基本合规",
        "points": [{"no": 1, "text": "白条入账", "amount_fen": 20_000}],
    }
    mended = {"audit_id": "a1", "no": 1, "day": "2025-01-28", "text": "已补票", "who": "孙丽", "done": True}
    laid = {"year": 2025, "place": "村委会", "from_on": "2025-01-29", "keeper": "孙丽", "pages": 12}
    pack = files.store_file(village.book, b"%PDF-1.4 papers of the year", "2025.pdf")
    by_hand(
        village,
        ("request.entered", asked),
        ("audit.recorded", audit),
        ("audit.mended", mended),
        ("papers.laid_open", {"id": "l1", "pack_sha256": pack.sha256, **laid}),
        ("papers.copied", {"laid_id": "l1", "name": "何老四", "day": "2025-01-30", "what": "收支明细"}),
        ("papers.taken_in", {"laid_id": "l1", "until_on": "2025-01-31"}),
        day=START.last_day,
    )


def _sheet_event() -> dict[str, object]:
    """A sheet of claims and debts as the log holds it."""
    made = sheet()
    return {"first": 202501, "last": 202501, "content": made.to_data(), "content_hash": made.content_hash()}
