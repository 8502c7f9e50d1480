"""`--help` in both languages: every verb and every word says what it means; every verb that does something speaks JSON."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from villagebook import i18n
from villagebook.cli.parser import verb_parser

DRAWS = ("voucher", "pack", "layout", "convert")
"""Verbs that only write a file or a paper."""


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


def parsers() -> dict[str, argparse.ArgumentParser]:
    parser = verb_parser()
    (subs,) = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(subs.choices)


def test_every_word_of_every_verb_says_what_it_means(language: str):
    silent = [
        (verb, action.option_strings or action.dest)
        for verb, parser in parsers().items()
        for action in parser._actions
        if not action.help or "{choices}" in action.help
    ]
    assert silent == []


def test_help_speaks_one_language_and_says_what_the_verb_does(language: str):
    for verb, parser in parsers().items():
        text = parser.format_help()
        assert parser.description
        assert parser.description[:12] in text
        assert "show this help message" not in text
        assert "positional arguments" not in text
        if language == "zh_CN":
            words = [a.help for a in parser._actions]
            assert [w for w in words if w and not re.search("[\u4e00-\u9fff]", w)] == [], verb


def test_a_report_lists_its_names_once():
    text = " ".join(parsers()["report"].format_help().split())
    assert text.count(" trial-balance,") == 1
    assert "bank-book" in text
    assert text.count("--lang {") == 2  # in the usage, and in the one list of words


def test_every_verb_that_does_something_speaks_json():
    lacking = [
        verb
        for verb, parser in parsers().items()
        if verb not in DRAWS and "json" not in _choices(parser, "--format")
    ]
    assert lacking == []


def _choices(parser: argparse.ArgumentParser, option: str) -> list[str]:
    return [str(c) for a in parser._actions if option in a.option_strings for c in a.choices or ()]
