"""The life of a notice: it hangs everywhere and long enough, every question is answered, and then it is put away."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.board import BOARD, HAMLET, ask, february, post, posting, signed_notice, take_down, views
from tests.builders import START, Village, at, by_hand, close_month, ids_of, make_village, photo
from tests.refusing import refused
from villagebook.domain.board import BoardPlace, Content, Shows, Stage
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.notice import notice_code
from villagebook.domain.period import Period, Span
from villagebook.services import reports
from villagebook.services.disclosure import (
    board,
    board_archive,
    board_lives,
    board_photos,
    board_places,
    board_tables,
    notices,
    objections,
)
from villagebook.services.home import home
from villagebook.services.period_end.checking import check_book


@pytest.fixture
def hung(village: Village) -> tuple[Village, str]:
    return village, signed_notice(village)


def life(village: Village, subject: str):
    with village.book.reading() as connection:
        return board_lives.life_of(connection, subject).life


def test_a_notice_hangs_ten_days_comes_down_and_is_archived(hung: tuple[Village, str]):
    village, notice = hung
    assert life(village, notice).stage(february(1)) is Stage.SIGNED
    up = post(village, notice, february(8))
    assert life(village, notice).stage(february(12)) is Stage.POSTED
    assert life(village, notice).days_at(BOARD, february(12)) == 4
    assert life(village, notice).stage(february(18)) is Stage.STOOD
    take_down(village, up, february(18))
    seal = board_archive.archive(village.book, notice, at(february(19)))
    assert len(seal) == 64
    assert life(village, notice).stage(february(19)) is Stage.ARCHIVED
    assert check_book(village.book) == ()


def test_the_archive_lists_the_paper_the_review_and_every_photo(hung: tuple[Village, str]):
    village, notice = hung
    take_down(village, post(village, notice, february(8)), february(20))
    board_archive.archive(village.book, notice, at(february(20)))
    found = dict(board_archive.archive_items(life(village, notice)))
    number = life(village, notice).number
    assert set(found) == {number, f"{number} S1", f"{number} {BOARD} wide", f"{number} {BOARD} readable"}
    assert found[number] == life(village, notice).content_hash


def test_a_draft_does_not_hang(village: Village):
    signed_notice(village)
    close_month(village, Period(2025, 2))
    draft = notices.submit_notice(village.book, Span.of(Period(2025, 2)), at(date(2025, 3, 1)))
    assert refused(partial(post, village, draft, date(2025, 3, 2))) == ["DIS-06"]


def test_a_posting_without_photos_wants_a_reason_and_takes_them_later(hung: tuple[Village, str]):
    village, notice = hung
    assert refused(partial(post, village, notice, february(8), photos=())) == ["DIS-09"]
    up = post(village, notice, february(8), photos=(), excuse="手机坏了,次日补拍")
    take_down(village, up, february(19))
    assert refused(partial(board_archive.archive, village.book, notice, at(february(19)))) == ["DIS-15"]
    board.add_photos(village.book, up, views(village), at(february(19)))
    board_archive.archive(village.book, notice, at(february(20)))


def test_a_posting_names_a_possible_time_a_known_person_and_a_free_place(hung: tuple[Village, str]):
    village, notice = hung
    wrong = posting(village, notice, february(9))
    assert refused(partial(board.post, village.book, wrong, at(february(8)))) == ["DIS-09"]
    assert refused(partial(post, village, notice, date(2025, 1, 30))) == ["DIS-09"]
    assert refused(partial(post, village, notice, february(8), person_id="nobody")) == ["DIS-09"]
    assert refused(partial(post, village, notice, february(8), place="  ")) == ["DIS-09"]
    post(village, notice, february(8))
    assert refused(partial(post, village, notice, february(9))) == ["DIS-09"]


def test_each_hamlet_has_its_own_board_and_its_own_days(village: Village):
    board_places.set_place(village.book, BoardPlace(HAMLET, "小卖部东墙"), "", at(START.first_day))
    notice = signed_notice(village)
    assert life(village, notice).places == (BOARD, HAMLET)
    first = post(village, notice, february(8))
    assert life(village, notice).stage(february(25)) is Stage.SIGNED
    take_down(village, first, february(25))
    assert "DIS-10" in refused(partial(board_archive.archive, village.book, notice, at(february(25))))
    second = post(village, notice, february(25), HAMLET)
    take_down(village, second, february(27))
    assert refused(partial(board_archive.archive, village.book, notice, at(february(27)))) == ["DIS-11"]


def test_what_the_weather_took_hangs_again_and_counts_anew(hung: tuple[Village, str]):
    village, notice = hung
    take_down(village, post(village, notice, february(8)), february(14), "大风刮掉")
    again = post(village, notice, february(15))
    take_down(village, again, february(21))
    assert refused(partial(board_archive.archive, village.book, notice, at(february(21)))) == ["DIS-11"]
    last = post(village, notice, february(21))
    take_down(village, last, date(2025, 3, 3))
    board_archive.archive(village.book, notice, at(date(2025, 3, 3)))


def test_boards_of_the_township_stay_and_others_go_with_a_reason(village: Village):
    book, by = village.book, at(START.first_day)
    assert refused(
        partial(board_places.set_place, book, BoardPlace(BOARD, "", in_use=False), "不用了吧", by)
    ) == ["DIS-10"]
    assert refused(partial(board_places.set_place, book, BoardPlace(" ", ""), "", by)) == ["DIS-10"]
    board_places.set_place(book, BoardPlace(HAMLET, "东墙"), "", by)
    assert refused(partial(board_places.set_place, book, BoardPlace(HAMLET, "", in_use=False), "", by)) == [
        "DIS-10"
    ]
    board_places.set_place(book, BoardPlace(HAMLET, "", in_use=False), "整村搬迁", by)
    assert board_places.places_to_post(book, START.first_day) == (BOARD,)


# ---- objections ----


def test_an_objection_needs_no_name_and_gets_its_number_of_the_year(hung: tuple[Village, str]):
    village, notice = hung
    first = ask(village, notice, february(9), line=1, scan=photo(village).sha256)
    second = ask(village, notice, february(10), who="何老四")
    assert (first.number, second.number) == ("2025-Y01", "2025-Y02")
    assert (first.who, second.who) == ("", "何老四")
    with village.book.reading() as connection:
        body = connection.exec_driver_sql("SELECT entry FROM log WHERE kind = 'objection.entered'").fetchone()
    assert b'"who"' not in bytes(body[0])  # type: ignore[index]  # the row is there
    assert refused(partial(ask, village, notice, february(9), line=99)) == ["DIS-12"]
    assert refused(partial(ask, village, notice, february(9), text=" 钱 ")) == ["DIS-12"]


def test_an_unanswered_objection_is_neither_closed_nor_put_away(hung: tuple[Village, str]):
    village, notice = hung
    book = village.book
    asked = ask(village, notice, february(9))
    take_down(village, post(village, notice, february(8)), february(19))
    close = partial(objections.close, book, asked.id, "张海涛", "不再追问", february(20), at(february(20)))
    assert refused(close) == ["DIS-13"]
    assert refused(partial(board_archive.archive, book, notice, at(february(20)))) == ["DIS-13"]
    objections.answer(book, asked.id, "周敏", "已当面说明", Content.YES, february(20), at(february(20)))
    assert refused(partial(board_archive.archive, book, notice, at(february(20)))) == ["DIS-15"]
    close()
    board_archive.archive(book, notice, at(february(20)))


def test_an_objection_passed_on_waits_for_the_answer_of_the_township(hung: tuple[Village, str]):
    village, notice = hung
    book, asked = village.book, ask(village, notice, february(9))
    objections.answer(book, asked.id, "周敏", "已当面说明", Content.NO, february(10), at(february(10)))
    objections.escalate(book, asked.id, "镇农经站", "对答复不满意", february(11), at(february(11)))
    close = partial(objections.close, book, asked.id, "张海涛", "到此为止", february(25), at(february(25)))
    assert refused(close) == ["DIS-13"]
    late = [f for f in home(book, february(25)).todos if f.id == "DIS-12"]
    assert "2025-02-21" in late[0].text
    objections.answer(
        book, asked.id, "镇农经站", "核查属实,账目无误", Content.YES, february(25), at(february(25))
    )
    close()


def test_an_upheld_objection_is_not_closed_before_its_correction_hangs(hung: tuple[Village, str]):
    village, notice = hung
    book, asked = village.book, ask(village, notice, february(9))
    objections.answer(book, asked.id, "周敏", "确实记错了", Content.YES, february(10), at(february(10)))
    objections.uphold(book, asked.id, "张海涛", "异议成立", february(10), at(february(10)))
    close = partial(objections.close, book, asked.id, "张海涛", "已经更正", february(12), at(february(12)))
    assert refused(close) == ["DIS-14"]


def test_steps_of_an_objection_keep_their_order(hung: tuple[Village, str]):
    village, notice = hung
    book, asked = village.book, ask(village, notice, february(9))
    early = partial(
        objections.answer, book, asked.id, "周敏", "已说明", Content.YES, february(8), at(february(10))
    )
    assert refused(early) == ["DIS-12"]
    nobody = partial(objections.answer, book, asked.id, " ", "", Content.YES, february(10), at(february(10)))
    with pytest.raises(Refused) as caught:
        nobody()
    assert len(caught.value.findings) == 2


# ---- photos of what hangs ----


def snapped(village: Village, notice: str, code: str | None = None) -> bytes:
    """A photo of the first page; `code` stands in for the printed one."""
    import io

    import pypdfium2
    from PIL import Image

    from villagebook.reports.pen import Pen
    from villagebook.reports.qr import Level

    pdf = notices.final_pdf(village.book, notice)
    if code is not None:
        pen = Pen(400, 400, "x")
        if code:
            pen.qr(100, 100, 200, code, Level.Q)
        pen.text(20, 30, "公开表", 20)
        pen.end_page()
        pdf = pen.finish()
    page = pypdfium2.PdfDocument(pdf)[0]
    picture: Image.Image = page.render(scale=1.6).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def code_of(village: Village, notice: str, /, **changes: str) -> str:
    parts = notice_code(notices.frozen_notice(village.book, notice)).split("*")
    for name, value in changes.items():
        parts[{"village": 1, "span": 2, "closing": 6, "seq": 8}[name]] = value
    return "*".join(parts)


def test_the_photo_of_a_posted_notice_agrees_with_the_log(hung: tuple[Village, str]):
    village, notice = hung
    seen = board_photos.take_in(village.book, snapped(village, notice), "IMG_1.jpg", notice)
    assert (seen.shows, seen.subject) == (Shows.MATCHES, notice)
    assert life(village, notice).number in seen.sentence


def test_a_changed_figure_on_the_photo_is_named_with_both_values(hung: tuple[Village, str]):
    village, notice = hung
    changed = snapped(village, notice, code_of(village, notice, closing="1.00"))
    seen = board_photos.take_in(village.book, changed, "IMG_1.jpg", notice)
    assert seen.shows is Shows.DIFFERS
    assert "1.00" in seen.sentence
    assert "99500.00" in seen.sentence.replace(",", "")


@pytest.mark.parametrize("changes", [{"village": "371523104999"}, {"span": "2031-01"}])
def test_a_notice_of_elsewhere_is_foreign(hung: tuple[Village, str], changes: dict[str, str]):
    village, notice = hung
    code = code_of(village, notice, **changes)
    if "span" in changes:
        code = code[:-64] + "0" * 64
    seen = board_photos.take_in(village.book, snapped(village, notice, code), "IMG_1.jpg", notice)
    assert seen.shows is Shows.FOREIGN


def test_a_photo_without_a_code_is_kept_with_a_word_about_it(hung: tuple[Village, str]):
    village, notice = hung
    seen = board_photos.take_in(village.book, snapped(village, notice, ""), "IMG_1.jpg", notice)
    assert seen.shows is Shows.UNREAD
    post(
        village,
        notice,
        february(8),
        photos=tuple(type(p)(p.view, seen.photo.sha256, seen.shows) for p in views(village)),
    )


def test_a_photo_of_another_paper_is_not_taken_for_this_one(hung: tuple[Village, str]):
    village, notice = hung
    wrong = tuple(type(p)(p.view, p.sha256, Shows.DIFFERS) for p in views(village))
    assert refused(partial(post, village, notice, february(8), photos=wrong, excuse="没有关系的")) == [
        "DIS-09"
    ]


# ---- what is told ----


def test_home_tells_to_post_and_says_when_it_is_late(hung: tuple[Village, str]):
    village, notice = hung
    book = village.book
    early = [f for f in home(book, february(5)).todos if f.target == f"notice:{notice}"]
    assert "2025-02-10" in early[0].text
    assert (
        disclose(village, february(5)) == 2
    )  # the notice to be posted, and the month's summary (F2) to be compiled
    late = late_papers(village, notice, february(13))
    assert "3" in late[0].text
    assert late[0].severity is Severity.WARNING
    post(village, notice, february(13))
    assert len(late_papers(village, notice, february(13))) == 1
    assert disclose(village, february(13)) == 1


def disclose(village: Village, day: date) -> int:
    return next(s.left for s in home(village.book, day).steps if s.code == "disclose")


def late_papers(village: Village, subject: str, day: date) -> list[Finding]:
    return [f for f in home(village.book, day).todos if (f.id, f.target) == ("DIS-05", f"notice:{subject}")]


def test_reports_tell_every_place_and_every_objection(hung: tuple[Village, str]):
    village, notice = hung
    up = post(village, notice, february(8))
    take_down(village, up, february(19))
    asked = ask(village, notice, february(9), line=1)
    table = reports.make(village.book, "notices", Span.of(START)).table
    row = dict(zip((c.key for c in table.columns), table.rows[0], strict=True))
    assert (row["place"], row["days"], row["photos"], row["objections"]) == (BOARD, 11, 2, 1)
    register = board_tables.make(village.book, "objections", Span.of(START))
    told = dict(zip((c.key for c in register.columns), register.rows[0], strict=True))
    assert (told["number"], told["due"], told["closed"]) == (asked.number, "2025-02-19", "")
    assert reports.make(village.book, "objections", Span.year(2031)).table.rows == ()


def test_the_check_finds_a_photo_that_is_gone(hung: tuple[Village, str]):
    village, notice = hung
    up = post(village, notice, february(8))
    by_hand(
        village,
        ("notice.photographed", {"id": up, "photos": [["wide", "ab" * 32, "unread"]]}),
        day=february(9),
    )
    assert "CHK-09" in ids_of(check_book(village.book))


# ---- whatever is done, in whatever order ----

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 9)),
        st.tuples(st.just("post"), st.sampled_from((BOARD, HAMLET))),
        st.tuples(st.just("down"), st.sampled_from((BOARD, HAMLET))),
        st.tuples(st.sampled_from(("ask", "answer", "close", "uphold", "archive")), st.just("")),
    ),
    min_size=8,
    max_size=24,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Village:
    village = make_village(tmp_path_factory.mktemp("board"))
    board_places.set_place(village.book, BoardPlace(HAMLET, "东墙"), "", at(START.first_day))
    signed_notice(village)
    village.book.close()
    return village


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    acts=[
        ("post", BOARD),
        ("post", HAMLET),
        ("ask", ""),
        ("wait", 9),
        ("answer", ""),
        ("wait", 9),
        ("close", ""),
        ("down", BOARD),
        ("down", HAMLET),
    ]
)
@given(acts=ACTS)
def test_no_order_of_acts_archives_what_did_not_stand_or_was_not_answered(
    template: Village, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, object]]
):
    from villagebook.services.book_file.books import open_book

    path = tmp_path_factory.mktemp("acts") / "village.vbook"
    path.write_bytes((template.folder / "village.vbook").read_bytes())
    village = Village(open_book(path), dict(template.ids), path.parent)
    try:
        notice = notices.notices(village.book)[0].id
        _live(village, notice, acts)
    finally:
        village.book.close()


def _live(village: Village, notice: str, acts: list[tuple[str, object]]) -> None:
    """Do the acts, keeping a plain account of our own; an archive must be earned by that account."""
    book, today = village.book, february(1)
    up: dict[str, tuple[str, date]] = {}
    longest: dict[str, int] = {}
    asked: dict[str, set[str]] = {}
    for act, value in [*acts, ("archive", "")]:
        try:
            if act == "wait":
                today += timedelta(days=int(str(value)))
            elif act == "post":
                up[str(value)] = (post(village, notice, today, str(value)), today)
            elif act == "down" and value in up:
                ident, since = up[str(value)]
                take_down(village, ident, today)
                del up[str(value)]
                longest[str(value)] = max(longest.get(str(value), 0), (today - since).days)
            elif act == "ask":
                asked[ask(village, notice, today).id] = set()
            elif act == "archive":
                board_archive.archive(book, notice, at(today, 20))
                assert not up
                assert all(longest.get(place, 0) >= 10 for place in (BOARD, HAMLET))
                assert all("answer" in done and "close" in done for done in asked.values())
                assert not any("uphold" in done for done in asked.values())
                return
            elif asked:
                ident = list(asked)[-1]
                words = (book, ident, "周敏", "按规定办理")
                if act == "answer":
                    objections.answer(*words, Content.YES, today, at(today, 19))
                elif act == "uphold":
                    objections.uphold(*words, today, at(today, 19))
                else:
                    objections.close(*words, today, at(today, 19))
                asked[ident].add(act)
        except Refused:
            continue
