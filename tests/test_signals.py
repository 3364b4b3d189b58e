"""The words that rules look for are found where they stand, in every set that they belong to."""

from __future__ import annotations

from summarizer.extraction.by_rules.document import read_document
from summarizer.extraction.by_rules.signals import places_of_signals, signals
from summarizer.sources.loading import article_from_text

MARKS = signals((",", ";", "zeppelin"))
COMMA = signals((",",))
SHIPS = signals(("zeppelin", "barge"))
TEXT = "The zeppelin rose, turned, and sank; a Zeppelin, they say."


def test_a_word_is_found_in_every_set_that_has_it() -> None:
    """One pass serves all rules: a word of two rules' sets must reach both, wherever it stands."""
    sentence = read_document(article_from_text(TEXT)).sentences[0]
    for words in (MARKS, COMMA, SHIPS):
        wanted = [i for i, lower in enumerate(sentence.tokens.lowers) if lower in words]
        assert wanted
        assert sentence.places(words) == wanted


def test_a_set_made_twice_finds_each_word_once() -> None:
    """Two modules may ask for the same words; a comma counted twice would be two places to cut."""
    again = signals([","])
    assert places_of_signals(["no", ",", "he", "said", ","])[again] == [1, 4]


def test_a_sentence_without_a_rules_words_has_no_places() -> None:
    """Most sentences have nothing for most rules."""
    sentence = read_document(article_from_text("Nobody spoke.")).sentences[0]
    assert sentence.places(SHIPS) == []
