"""Articles for the benchmark. The invented texts need nothing of the program: other tools read them, too."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from measuring import ROOT

if TYPE_CHECKING:
    from summarizer import Article

_SUBJECTS = ("The harbour board", "The regional court", "A panel of engineers", "The finance ministry",
             "The hospital", "The rail operator", "The weather service", "The city council")  # fmt: skip
_VERBS = ("said on Monday that", "confirmed that", "wrote in a report that", "told reporters that")
_FACTS = ("the bridge would stay closed until the cables had been tested", "the new schedule had been agreed",
          "repairs to the northern line were going slower than planned", "no further talks had been arranged",
          "the inquiry would hear its first witnesses in spring", "the offer had been turned down",
          "supplies were low but sufficient for the coming weeks", "the vote had been put off")  # fmt: skip


def invented_texts(count: int, chars: int = 3000) -> list[str]:
    """Texts of about `chars` characters, no two alike."""
    made = []
    for number in range(count):
        chance = random.Random(number)
        lines = [f"Report {number} on the state of the district"]
        while sum(map(len, lines)) < chars:
            lines.append(
                " ".join(
                    f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_FACTS)}."
                    for _ in range(4)
                )
            )
        made.append("\n".join(lines))
    return made


def story_texts(count: int, chars: int = 2500) -> list[str]:
    """Texts of about `chars` characters on invented events, four on each: they have its names in common."""
    syllables = [onset + vowel for onset in "bdfgklmnprst" for vowel in "aeio"]

    def name(number: int) -> str:
        return "".join(syllables[number // 48**power % 48] for power in (2, 1, 0)).title()

    made = []
    for number in range(count):
        town, mayor, firm, ship = (name(48 + 28 * (number // 4) + 7 * one) for one in range(4))
        chance = random.Random(number)
        lines = [
            f"{town} closes its harbour to the {ship} of {firm}",
            f"The council of {town} will close its harbour in {number % 4 + 3} days, Anna {mayor}, its "
            f"mayor, said on Monday. At least {number + 2},500 dockers of {firm} lose their work.",
        ]
        while sum(map(len, lines)) < chars:
            lines.append(
                " ".join(
                    f"{mayor} {chance.choice(_VERBS)} the {ship} of {firm} and {chance.choice(_FACTS)}, "
                    f"{chance.randrange(1000)} days after {town}."
                    for _ in range(3)
                )
            )
        made.append("\n\n".join(lines))
    return made


def invented_articles(count: int, chars: int = 3000) -> list[Article]:
    """The same as articles."""
    from summarizer.records.article import Article, Published

    undated = Published(date=None, basis="unknown")
    return [
        Article(
            id=f"report-{number}", title=None, outlet=None, origin=None, language="en",
            source=f"{number}.txt", published=undated, text=text,
        )
        for number, text in enumerate(invented_texts(count, chars))
    ]  # fmt: skip


def real_articles() -> list[Article]:
    """The five of the evaluation."""
    from summarizer import load_articles

    return list(load_articles([str(ROOT / "evals" / "articles")]).articles)


def mixed_article(articles: list[Article], chars: int, number: int = 0) -> Article:
    """An article of that length: sentences of real ones in an order of its own, three a paragraph.

    Whole paragraphs would be taken for repeated lines, which the engine reads only once.
    """
    from summarizer import article_from_text
    from summarizer.text.sentences import split_sentences

    sentences = [
        article.text[start:end]
        for article in articles
        for line in article.lines
        if line.role == "body"
        for start, end in split_sentences(article.text, line.start, line.end)
    ]
    rng = random.Random(number)
    parts: list[str] = []
    while sum(map(len, parts)) < chars:
        chosen = rng.sample(sentences, len(sentences) // 3 * 3)
        parts += [" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3)]
    return article_from_text("\n\n".join(parts)[:chars], article_id=f"bench-{number}")
