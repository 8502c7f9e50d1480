"""The life of one notice as steps in words, for the window: what is done, what is next, what comes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.board import Life, Stage
from villagebook.i18n import _, ngettext
from villagebook.services.disclosure import board_lives
from villagebook.services.disclosure.board_tables import stage_words
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class LifeStep:
    """`state` is done, now or later."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class LifeView:
    """`act` is what is to be done next: post, photos, down, archive, or "" while nothing is."""

    life: Life
    is_correction: bool
    steps: tuple[LifeStep, ...]
    act: str


def view(book: Book, subject: str, today: date) -> LifeView:
    """Raises Refused when there is no such notice."""
    with book.reading() as connection:
        told = board_lives.life_of(connection, subject)
    life = told.life
    is_correction = life.due_on is None
    return LifeView(
        life, is_correction, tuple(_steps(life, today, is_correction)), _act(life, today, is_correction)
    )


def stages(book: Book, today: date) -> dict[str, str]:
    """Where every notice and correction is, in words."""
    found = {}
    for told in board_lives.notice_lives(book):
        for life in (told.life, *told.life.corrections):
            found[life.subject] = stage_words(life, today)
    return found


def _act(life: Life, today: date, is_correction: bool) -> str:
    stage = life.stage(today)
    if stage in (Stage.REVIEW, Stage.ARCHIVED):
        return ""
    if stage is Stage.SIGNED:
        return "post"
    if any(h.removal is None for h in life.without_photos()):
        return "photos"
    if stage is Stage.STOOD:
        return "down"
    if stage is Stage.REMOVED and not is_correction:
        return "archive"
    hung = {h.posting.place for h in life.hanging()}
    again = any(place not in hung for place, _days in life.short_places(today))
    return "post" if again else ""


def _steps(life: Life, today: date, is_correction: bool) -> list[LifeStep]:
    stage = list(Stage).index(life.stage(today))

    def step(done_from: Stage, text: str) -> LifeStep:
        place = list(Stage).index(done_from)
        return LifeStep("done" if stage >= place else "now" if stage == place - 1 else "later", text)

    made = [LifeStep("done", _("compiled and sent to supervision"))]
    if life.replaces:
        made.append(LifeStep("done", _("replaces {number}").format(number=life.replaces)))
    made += [
        step(Stage.SIGNED, _("reviewed and signed by two supervisors")),
        step(Stage.POSTED, _posted(life, today)),
        *(LifeStep(*_place(life, place, today)) for place in _hung_places(life)),
        step(Stage.STOOD, _("has stood its {n} days at every place").format(n=life.min_days)),
        step(Stage.REMOVED, _("take it down")),
    ]
    if newer := life.replaced_by():
        made.append(LifeStep("done", _("wrong, and replaced by {number}").format(number=newer)))
    if not is_correction:
        made.append(_objections(life))
        archived = (
            _("archived on {day}").format(day=life.archived_on)
            if life.archived_on
            else _("put it into the archive")
        )
        made.append(step(Stage.ARCHIVED, archived))
    return made


def _hung_places(life: Life) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.posting.place for h in life.hangs))


def _posted(life: Life, today: date) -> str:
    done = life.posted_everywhere_on()
    late = life.late_days(today)
    if done is not None:
        text = _("posted at every place by {day}").format(day=done.isoformat())
    elif life.due_on is not None:
        text = _("to be posted by {day} at: {places}").format(
            day=life.due_on.isoformat(), places=_(", ").join(life.missing_places())
        )
    else:
        text = _("to be posted at: {places}").format(places=_(", ").join(life.missing_places()))
    if not late:
        return text
    return text + ngettext(" ({n} day late)", " ({n} days late)", late).format(n=late)


def _place(life: Life, place: str, today: date) -> tuple[str, str]:
    """One place: since when, how long, with how many photos."""
    last = [h for h in life.hangs if h.posting.place == place][-1]
    days = life.days_at(place, today)
    shown = last.posting.posted_at.strftime("%m-%d %H:%M") if last.posting.posted_at else ""
    if last.removal is None:
        text = _("{place}: since {at}, {days} of {least} days, photos: {photos}")
    else:
        text = _("{place}: {at} to {end}, {days} of {least} days, photos: {photos}")
    words = text.format(
        place=place,
        at=shown,
        end=last.removal.removed_on.strftime("%m-%d") if last.removal else "",
        days=days,
        least=life.min_days,
        photos=len(last.posting.photos),
    )
    return ("done" if days >= life.min_days else "now"), words


def _objections(life: Life) -> LifeStep:
    if not life.objections:
        return LifeStep("done" if life.archived_on else "later", _("objections: none so far"))
    still = [o for o in life.objections if not o.closed]
    text = _("objections: {all}, not closed: {open}").format(all=len(life.objections), open=len(still))
    return LifeStep("now" if still else "done", text)
