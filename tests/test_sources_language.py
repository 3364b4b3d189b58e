"""Language: English is told from the rest, also in two lines, and the rest is named where it can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources.language import detect_language

ARTICLES = Path(__file__).parents[1] / "evals" / "articles"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Präsident sprach gestern in Berlin."),
        ("fr", "Le président a déclaré mardi que la France ne livrera pas d'armes."),
        ("es", "El presidente dijo el martes que no habrá más tropas en la frontera."),
        ("it", "Il presidente ha detto che non ci saranno altre truppe."),
        ("pt", "O presidente disse na terça-feira que não haverá mais tropas na fronteira."),
        ("nl", "De president zei dinsdag dat er geen extra troepen naar de grens gaan."),
        ("ro", "Președintele a spus marți că nu vor fi mai multe trupe la graniță."),
        ("pl", "Prezydent powiedział we wtorek, że nie będzie więcej wojsk na granicy."),
        ("cs", "Prezident v úterý řekl, že na hranici nebude více vojáků."),
        ("sv", "Presidenten sade på tisdagen att det inte blir fler trupper vid gränsen."),
        ("fi", "Presidentti sanoi tiistaina, että joukkoja ei lähetetä rajalle."),
        ("hu", "Az elnök kedden azt mondta, hogy nem lesz több katona a határon."),
        (
            "tr",
            "Cumhurbaşkanı salı günü bu konuda bir karar olmadığını ve yeni bir plan için çok geç dedi.",
        ),
        ("id", "Presiden mengatakan pada hari Selasa bahwa tidak akan ada pasukan tambahan di perbatasan."),
        ("vi", "Tổng thống nói hôm thứ Ba rằng quân đội sẽ được rút về."),
        ("ru", "Президент заявил во вторник, что войска будут отведены."),
        ("uk", "Президент заявив у вівторок, що війська будуть відведені."),
        ("bg", "Президентът заяви във вторник, че войските ще бъдат изтеглени."),
        ("el", "Ο πρόεδρος είπε την Τρίτη ότι τα στρατεύματα θα αποσυρθούν."),
        ("ar", "قال الرئيس يوم الثلاثاء إن القوات ستنسحب."),
        ("he", "הנשיא אמר ביום שלישי כי הכוחות ייסוגו."),
        ("hi", "राष्ट्रपति ने मंगलवार को कहा कि सेना वापस बुलाई जाएगी।"),
        ("zh", "总统周二表示将撤军。"),
        ("ja", "大統領は火曜日、軍隊を撤退させると述べた。"),
        ("ko", "대통령은 화요일 군대를 철수할 것이라고 말했다."),
    ],
)
def test_a_single_sentence_names_its_language(code: str, text: str) -> None:
    """The refusal tells the reader what was put in."""
    assert detect_language(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested two people on Monday.",
        "Fire kills three in Paris suburb",
        "La Liga: Real Madrid beat Barcelona",
        "Shares in Société Générale fell after the bank said profit was down.",
        "Rates rise",
        "2.2 C",
        "The Bundestag voted on the „Gebäudeenergiegesetz“, and the vote was close.",
        "He told Le Monde that “la France ne peut pas tout faire”, and that the others had to act.",
    ],
)
def test_short_english_with_foreign_names_stays_english(text: str) -> None:
    """News is full of foreign names; refusing it would lose the story."""
    assert detect_language(text).code == "en"


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_articles_are_english_for_certain(path: Path) -> None:
    """Machine-translated English and a Romanian page clock included."""
    language = detect_language(path.read_text("utf-8"))
    assert (language.code, language.is_sure) == ("en", True)


def test_a_long_text_in_an_unknown_language_is_not_called_english() -> None:
    """ "not English" is true and enough."""
    text = "Uxo brenti kalvu dosk pirim, hantu veska olmi drup kesta; varn tilu mosk endra polvi, rask unte. "
    assert detect_language(text * 3).code == "und"


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    """The same one every time."""
    assert detect_language(text) == detect_language(text)
