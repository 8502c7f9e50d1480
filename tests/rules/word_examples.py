"""Examples for words on the board: what may be said, who reads it, and lines that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.rules import facts as f
from villagebook.domain.plain_words import OwnWords, Way
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.word_facts import Reading, Saying, WordFacts

GOOD = OwnWords("513", Way.IS, "村里办公用的纸笔和电话", "孙丽")


def says(words: str, *, known: bool = True) -> Callable[[], Facts]:
    return lambda: f.ground(words=WordFacts(saying=Saying("513 管理费用", words, known)))


def reads(person: str, *, set_by: str = "孙丽", stale: tuple[str, ...] = ()) -> Callable[[], Facts]:
    told = Reading(person, (replace(GOOD, set_by=set_by),), stale)
    return lambda: f.ground(words=WordFacts(reading=told))


def prints(*unreviewed: str) -> Callable[[], Facts]:
    return lambda: replace(f.publishing(), words=WordFacts(unreviewed=unreviewed))


def line_says(text: str) -> Callable[[], Facts]:
    lines = (f.notice_line(income=50_000, summary=text), f.notice().lines[1])
    return lambda: f.publishing(f.notice(lines=lines))


WORD_EXAMPLES = {
    ("WRD-01", When.REGISTER): (
        says(GOOD.words),
        says("其他"),
        says("杂费支出"),
        says("办公用的纸笔等"),
        says("纸笔2026070501号"),
        says("纸"),
        says("修" * 41),
    ),
    ("WRD-02", When.REGISTER): (says(GOOD.words), says(GOOD.words, known=False)),
    ("WRD-03", When.REGISTER): (says(GOOD.words), says("贷方的固定资产折旧")),
    ("WRD-04", When.REGISTER): (
        reads("head"),
        reads("clerk"),
        reads("director"),
        reads("head", set_by="张海涛"),
        reads("somebody"),
    ),
    ("WRD-05", When.REGISTER): (reads("head"), reads("head", stale=("旧说法",))),
    ("WRD-06", When.PUBLISH): (prints(), prints(GOOD.words)),
    ("DIS-30", When.PUBLISH): (
        line_says("修村口石桥"),
        line_says("其他"),
        line_says("其他支出"),
        line_says("杂费一批"),
        line_says("报销费用"),
    ),
}
