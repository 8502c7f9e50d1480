"""Words for the board: whole, free of numbers and terms of accounting, read once by supervision; no line says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.people import SUPERVISION
from villagebook.domain.plain_words import LEAST, MOST, faults_of, is_vague
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
PUBLISH = frozenset({When.PUBLISH})
WORDS_TAB = "register:words"

_FAULTS = {
    "length": N_("they have fewer than {least} or more than {most} characters"),
    "vague": N_("they say nothing a villager could check"),
    "open": N_("they end open, so that anything could be meant"),
    "number": N_("they hold a number, which belongs to no kind of money"),
}


def _faulty(facts: Facts) -> Iterator[Hit]:
    saying = facts.words.saying
    if saying is None or not saying.words:
        return
    faults = faults_of(saying.words, facts.policy.words["vague"])
    if faults:
        why = "; ".join(_(_FAULTS[fault]).format(least=LEAST, most=MOST) for fault in faults)
        yield Hit(saying.about, {"words": saying.words, "why": why}, WORDS_TAB)


def _unknown(facts: Facts) -> Iterator[Hit]:
    saying = facts.words.saying
    if saying and not saying.known:
        yield Hit(saying.about, {"about": saying.about}, WORDS_TAB)


def _terms(facts: Facts) -> Iterator[Hit]:
    saying = facts.words.saying
    if saying:
        found = [t for t in facts.policy.words["accounting_terms"] if t in saying.words]
        if found:
            yield Hit(saying.about, {"terms": "、".join(found)}, WORDS_TAB)


def _reviewer(facts: Facts) -> Iterator[Hit]:
    reading = facts.words.reading
    if reading is None:
        return
    name = facts.staff.name(reading.person_id)
    known = reading.person_id in facts.staff.persons
    held = facts.staff.posts_of(reading.person_id, facts.today) if known else ()
    if not any(post in SUPERVISION for post in held):
        yield Hit(name, {"name": name, "why": _("is not of the supervision committee")}, WORDS_TAB)
    if any(word.set_by == name for word in reading.words):
        yield Hit(name, {"name": name, "why": _("wrote them")}, WORDS_TAB)


def _stale(facts: Facts) -> Iterator[Hit]:
    reading = facts.words.reading
    if reading:
        yield from (Hit(words, {"words": words}, WORDS_TAB) for words in reading.stale)


def _unread(facts: Facts) -> Iterator[Hit]:
    yield from (Hit(words, {"words": words}, WORDS_TAB) for words in facts.words.unreviewed)


def _empty_lines(facts: Facts) -> Iterator[Hit]:
    """Imported history stands as it was written; it is pointed out and does not stop its notice."""
    fact = facts.notice
    if fact is None:
        return
    vague = facts.policy.words["vague"]
    level = Severity.WARNING if fact.only_imported else None
    for line in fact.notice.lines:
        if is_vague(line.summary, vague):
            where = f"{line.no} {line.voucher}"
            yield Hit(where, {"voucher": line.voucher, "text": line.summary}, WORDS_TAB, level)


RULES = (
    Rule(
        "WRD-01",
        "",
        Severity.ERROR,
        REGISTER,
        "[D]; [R] R21",
        N_("Words for the board say something"),
        N_("A villager asks what the money was for; an empty word is no answer."),
        N_(
            'The words "{words}" cannot be used: {why}. Say it as you would at the village gate, such as paper and pens.'
        ),
        _faulty,
    ),
    Rule(
        "WRD-02",
        "",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("Words belong to something of this book"),
        N_("Words for nothing are never read."),
        N_('There is no "{about}" in this book that words could be set for. Choose it from the list.'),
        _unknown,
    ),
    Rule(
        "WRD-03",
        "",
        Severity.WARNING,
        REGISTER,
        "[R] R21",
        N_("Words for the board are no terms of accounting"),
        N_("The board is read by people who never kept books."),
        N_("{terms}: terms of accounting. Write what a villager would call it."),
        _terms,
    ),
    Rule(
        "WRD-04",
        "",
        Severity.ERROR,
        REGISTER,
        "[D]; 农经发〔2011〕13号 [N] N7",
        N_("Somebody else, of supervision, reads own words"),
        N_("Whoever words the board could also soften it."),
        N_("{name} {why}. Let another member of the supervision committee read these words."),
        _reviewer,
    ),
    Rule(
        "WRD-05",
        "",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("What is read is what stands"),
        N_("A review of words that have changed since is a review of nothing."),
        N_('The words "{words}" do not stand that way any more. Look at the list again.'),
        _stale,
    ),
    Rule(
        "WRD-06",
        "",
        Severity.WARNING,
        PUBLISH,
        "[D]",
        N_("Own words on the board were read by supervision"),
        N_("The review of a notice is the last look before everybody sees it."),
        N_(
            'The village\'s own words "{words}" were not read by supervision yet. On the paper a star marks them.'
        ),
        _unread,
    ),
    Rule(
        "DIS-30",
        "",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7: 逐项逐笔; audit_checks.md T15 [R]",
        N_("Every line says what the money was for"),
        N_('"Other" and "sundries" are where money disappears.'),
        N_(
            'Voucher {voucher} says only "{text}". Under Registers, Plain words, say what it was; both are printed.'
        ),
        _empty_lines,
    ),
)
