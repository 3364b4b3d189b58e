"""Web pages, mail and PDF: the article in them, and what they state about it."""

from __future__ import annotations

import io
import json
import time
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from summarizer.errors import TooLarge
from summarizer.records.article import Article
from summarizer.sources import LoadResult, load_articles
from summarizer.sources.pdf_document import read_pdf

PARAGRAPHS = (
    "The bank said on Monday it would close 40 branches in the north, where fewer and fewer people use them.",
    "The union denied that a deal had been reached. “We saw no paper,” its chairman, Tom Ashby, said.",
    "Shares in the bank fell 3% after the news, their largest fall since March, before they recovered.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(head: str = "", header: str = "", article: str = BODY) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Bank closes branches - The Daily</title>{head}</head>"
        f"<body><header>{header}<nav><a href='/'>Home</a><a href='/s'>Sport</a></nav></header>"
        f"<main><article><h1>Bank closes branches</h1>{article}</article></main>"
        f"<aside><a href='/x'>Lottery winner found</a></aside>"
        f"<footer>Copyright 2024 The Daily. <a href='/p'>Privacy policy</a></footer></body></html>"
    ).encode()


def load(tmp_path: Path, content: bytes, name: str) -> LoadResult:
    (tmp_path / name).write_bytes(content)
    return load_articles([tmp_path / name])


def only(result: LoadResult) -> Article:
    assert result.failed == ()
    (article,) = result.articles
    return article


class TestWebPages:
    """HTML by trafilatura, with metadata."""

    def test_the_story_is_found_without_the_page_around_it(self, tmp_path: Path) -> None:
        """A menu or a footer in the text would become claims."""
        article = only(load(tmp_path, page(), "a.html"))
        for paragraph in PARAGRAPHS:
            assert paragraph in article.text
        for furniture in ("Home", "Sport", "Lottery", "Privacy", "Copyright"):
            assert furniture not in article.text
        assert article.title == "Bank closes branches"

    def test_meta_tags_give_title_outlet_date_and_address(self, tmp_path: Path) -> None:
        """The date anchors every "Monday" of the story."""
        head = (
            '<meta property="og:title" content="Bank to close 40 branches">'
            '<meta property="og:site_name" content="The Daily">'
            '<meta property="article:published_time" content="2024-05-13T09:00:00+01:00">'
            '<meta property="article:modified_time" content="2024-06-01"><link rel="canonical" href="https://d.example/bank">'
        )
        article = only(load(tmp_path, page(head), "a.htm"))
        assert (article.title, article.outlet, article.url) == (
            "Bank to close 40 branches",
            "The Daily",
            "https://d.example/bank",
        )
        assert (article.published.date, article.published.basis) == ("2024-05-13", "stated")

    def test_linked_data_goes_before_meta_tags(self, tmp_path: Path) -> None:
        """It is the article's own record; meta tags are written for social networks."""
        node = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "Organization", "@id": "#o", "name": "Daily Media"},
                {
                    "@type": "NewsArticle",
                    "headline": "Forty branches to close",
                    "datePublished": "2024-05-12",
                    "publisher": {"@id": "#o"},
                },
            ],
        }
        head = (
            f'<script type="application/ld+json">{json.dumps(node)}</script>'
            '<script type="application/ld+json">{bad</script>'
            '<meta property="og:title" content="You won\'t believe it">'
            '<meta property="article:published_time" content="2024-05-13">'
        )
        article = only(load(tmp_path, page(head), "a.html"))
        assert (article.title, article.outlet, article.published.date) == (
            "Forty branches to close",
            "Daily Media",
            "2024-05-12",
        )

    @pytest.mark.parametrize(
        "header",
        [
            '<div class="date">Wednesday, January 26, 2022 - 16:14</div>',
            '<div class="date">miercuri, 26 ianuarie 2022 - 16:14</div>',
            '<time datetime="2022-01-26T16:14">16:14</time>',
            '<span class="published">Updated 26 January 2022</span>',
        ],
    )
    def test_a_clock_in_the_sites_head_is_not_the_articles_date(self, tmp_path: Path, header: str) -> None:
        """A page saved a month later would move the whole story by a month."""
        article = only(load(tmp_path, page(header=header), "a.html"))
        assert article.published.basis != "stated"

    def test_a_modified_date_alone_states_nothing(self, tmp_path: Path) -> None:
        """Sites touch old pages all the time."""
        head = '<meta property="article:modified_time" content="2024-06-01">'
        assert only(load(tmp_path, page(head), "a.html")).published.basis == "unknown"

    @pytest.mark.parametrize(
        ("head", "article"),
        [
            ("", '<p>By Jane Doe <time datetime="2024-05-13">13 May</time></p>' + BODY),
            ('<link rel="canonical" href="https://d.example/news/2024/05/13/bank-closes">', BODY),
            ('<meta name="parsely-pub-date" content="2024-05-13T08:00Z">', BODY),
            (
                "",
                "<p>LEEDS, May 13, 2024 (Reuters) - The bank said more. "
                + "More text follows here. " * 9
                + "</p>"
                + BODY,
            ),
        ],
    )
    def test_other_places_where_an_articles_date_is_stated(
        self, tmp_path: Path, head: str, article: str
    ) -> None:
        """Not every site knows the common tags."""
        found = only(load(tmp_path, page(head, article=article), "a.html"))
        assert (found.published.date, found.published.basis) == ("2024-05-13", "stated")

    def test_a_page_that_loads_its_text_by_script_is_read_from_its_linked_data(self, tmp_path: Path) -> None:
        """Or reported as holding no text."""
        node = {"@type": "NewsArticle", "headline": "Bank", "articleBody": "\n".join(PARAGRAPHS)}
        head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
        empty = f"<html><head>{head}</head><body><div id=app></div></body></html>".encode()
        assert only(load(tmp_path, empty, "a.html")).text == "\n".join(PARAGRAPHS)

    def test_a_short_notice_is_an_article_too(self, tmp_path: Path) -> None:
        """Extraction tools drop what is short."""
        short = b"<html><body><p>Police arrested two people on Monday.</p></body></html>"
        assert only(load(tmp_path, short, "a.html")).text == "Police arrested two people on Monday."

    def test_standard_input_is_recognised_as_a_page(self) -> None:
        """`curl … | summarizer brief -`."""
        result = load_articles(["-"], stdin=io.BytesIO(b"\n<!-- saved -->\n" + page()))
        assert result.articles[0].title == "Bank closes branches"

    @pytest.mark.parametrize(
        "hostile",
        [
            b"<div>" * 200_000 + b"x",
            b"<" * 300_000,
            b"<![CDATA[" * 50_000,
            b"<!--" * 100_000,
            b"<p>a</p>" * 150_000,
            b"<table><tr><td>" * 30_000,
            b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>",
            b'<?xml version="1.0" encoding="no-such"?><html><body>x</body></html>',
        ],
        ids=["nested", "brackets", "cdata", "comments", "paragraphs", "tables", "json", "xml"],
    )
    def test_hostile_markup_ends_in_an_article_or_a_reason(self, tmp_path: Path, hostile: bytes) -> None:
        """A page from the web is written by anybody."""
        began = time.monotonic()
        result = load(tmp_path, hostile, "a.html")
        assert len(result.articles) + len(result.failed) == 1
        assert time.monotonic() - began < 20


def mail(**fields: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = fields.get("sender", '"The Daily Brief" <news@d.example>')
    message["To"] = "reader@example.org"
    message["Subject"] = fields.get("subject", "Bank closes 40 branches – what’s next")
    message["Date"] = fields.get("date", "Mon, 13 May 2024 23:30:00 -0500")
    return message


class TestMail:
    """.eml through the standard library."""

    def test_text_subject_sender_and_date(self, tmp_path: Path) -> None:
        """A newsletter's date is the sender's, also shortly before midnight."""
        message = mail()
        message.set_content("\n\n".join(PARAGRAPHS))
        article = only(load(tmp_path, message.as_bytes(), "a.eml"))
        assert article.text.strip() == "\n\n".join(PARAGRAPHS)
        assert (article.title, article.outlet) == ("Bank closes 40 branches – what’s next", "The Daily Brief")
        assert (article.published.date, article.published.basis) == ("2024-05-13", "stated")

    def test_plain_text_goes_before_html_and_attachments_are_left_alone(self, tmp_path: Path) -> None:
        """The HTML of newsletters is a layout, an attached text another document."""
        message = mail()
        message.set_content("The plain version of the story.")
        message.add_alternative("<p>The other version.</p>", subtype="html")
        message.add_attachment("Attached text.", filename="x.txt")
        assert (
            only(load(tmp_path, message.as_bytes(), "a.eml")).text.strip()
            == "The plain version of the story."
        )

    def test_html_alone_is_turned_into_paragraphs(self, tmp_path: Path) -> None:
        """Many newsletters have no plain part."""
        message = mail()
        cell = "<p>One &amp; two.</p><p>Three.<br>Four.</p>"
        html = f"<html><head><style>p{{}}</style></head><body><table><tr><td>{cell}</table>"
        message.set_content(html, subtype="html")
        assert only(load(tmp_path, message.as_bytes(), "a.eml")).text == "One & two.\n\nThree.\nFour."

    def test_encoded_headers_and_legacy_charsets(self, tmp_path: Path) -> None:
        """ "=?iso-8859-1?q?…?=" is no title."""
        raw = (
            b"From: =?utf-8?q?Caf=C3=A9_News?= <a@b.example>\r\nSubject: =?iso-8859-1?q?Caf=E9_closes?=\r\n"
            b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1252\r\n"
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\nThe owner said =93no=94 on Monday.\r\n"
        )
        article = only(load(tmp_path, raw, "a.eml"))
        assert (article.title, article.outlet) == ("Café closes", "Café News")
        assert article.text == "The owner said “no” on Monday.\n"

    def test_odd_headers_cost_only_themselves(self, tmp_path: Path) -> None:
        """Real mail breaks every standard."""
        raw = (
            b"From: news@d.example\r\nDate: yesterday\r\nSubject: =?no-such?q?x?=\r\n"
            b"Content-Type: text/plain; charset=oops\r\n\r\nThe bank said on Monday it would close.\r\n"
        )
        article = only(load(tmp_path, raw, "a.eml"))
        assert (article.outlet, article.published.basis) == (None, "unknown")

    def test_standard_input_is_recognised_as_mail_but_an_article_about_mail_is_not(self) -> None:
        """A story may begin with a colon."""
        message = mail()
        message.set_content(PARAGRAPHS[0])
        result = load_articles(["-"], stdin=io.BytesIO(message.as_bytes()))
        assert result.articles[0].outlet == "The Daily Brief"
        text = b"Date: unknown\nSubject: to change\n\nThe bank said on Monday it would close 40 branches.\n"
        assert load_articles(["-"], stdin=io.BytesIO(text)).articles[0].text == text.decode()

    def test_a_mail_bomb_is_refused_before_it_is_parsed(self, tmp_path: Path) -> None:
        """Parts in parts in parts make the parser's work quadratic."""
        bomb = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
            for depth in range(5000)
        )
        began = time.monotonic()
        result = load(tmp_path, b"From: a@b.c\r\nSubject: x\r\n" + bomb + b"\r\n" * 100_000, "a.eml")
        assert "more than 50 messages or containers" in result.failed[0].reason
        assert time.monotonic() - began < 5


def pdf(*pages: str | bytes, title: str | None = None) -> bytes:
    """A PDF with a text layer, written by hand; bytes are a page's content stream as it is."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * index)
        )
        if isinstance(content, str):
            shown = (
                line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
                for line in content.split("\n")
            )
            content = (
                b"BT /F1 11 Tf 72 720 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line for line in shown) + b" ET"
            )
        packed = zlib.compress(content)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    info = b""
    if title is not None:
        objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
        info = b" /Info %d 0 R" % len(objects)
    return assembled(objects, info)


def assembled(objects: list[bytes], info: bytes = b"") -> bytes:
    """A PDF file of numbered objects with their cross-reference table."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("The bank said on Monday it would close."))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class TestPdf:
    """The text layer by pypdf."""

    def test_text_of_all_pages_and_the_title(self, tmp_path: Path) -> None:
        """A press release is mostly a PDF."""
        raw = pdf("The bank said it would “close”\n40 branches.", "Page two (of two).", title="Bank closes")
        article = only(load(tmp_path, raw, "a.pdf"))
        assert article.text == "The bank said it would “close”\n40 branches.\n\nPage two (of two)."
        assert article.title == "Bank closes"

    def test_a_paragraph_over_several_lines_is_one_line(self, tmp_path: Path) -> None:
        """Else each of its lines would look like a caption without full stop."""
        wrapped = (
            "The central bank of Orvia raised its main interest rate by half a\n"
            "point on Wednesday, surprising most economists, who had expected\n"
            "no change.\n"
            "Governor Lina Sark said inflation remained far too high and that\n"
            "further increases were likely in the coming months.\n"
        )
        article = only(load(tmp_path, pdf(wrapped), "a.pdf"))
        assert [article.text[line.start : line.end].count("\n") for line in article.lines] == [2, 1]
        assert {line.role for line in article.lines} == {"body"}

    @pytest.mark.parametrize("title", ["untitled", "Microsoft Word - draft3.docx", "Document1", ""])
    def test_titles_that_programs_invent_are_none(self, tmp_path: Path, title: str) -> None:
        """ "Microsoft Word - draft3.docx" is no headline."""
        raw = pdf("The bank said on Monday it would close 40 branches.", title=title)
        assert only(load(tmp_path, raw, "a.pdf")).title is None

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            (pdf(""), "empty: the PDF has no text layer (a scan?)"),
            (encrypted("secret"), "unreadable: the PDF is encrypted"),
            (pdf("x")[:200], "malformed: no PDF that can be read"),
            (pdf(b"[" * 3_000_000), "malformed: no PDF that can be read"),
            (pdf(b" " * 150_000_000), "too large: its pages unpack to more"),
            (pdf(b" " * 20_000_000), "too large: its pages unpack to more"),
        ],
        ids=["scan", "encrypted", "cut", "nested", "bomb", "small bomb"],
    )
    def test_what_cannot_be_read_says_why(self, tmp_path: Path, raw: bytes, expected: str) -> None:
        """A scan needs OCR, an encrypted file its password: different ways out."""
        began = time.monotonic()
        (failed,) = load(tmp_path, raw, "a.pdf").failed
        assert f"{failed.kind}: {failed.reason}".startswith(expected)
        assert time.monotonic() - began < 30

    def test_forms_that_call_forms_end(self) -> None:
        """Forty forms, each shown twice by the next, are 10¹² pages' work in a file of 6 kB."""
        depth = 40
        font = b"/Font << /F1 3 0 R >>"
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << %s /XObject << /X 6 0 R >> >>"
            b" /Contents 5 0 R >>" % font,
            b"<< /Length 11 >>\nstream\n/X Do /X Do\nendstream",
        ]
        for level in range(depth):
            inner = b"/XObject << /X %d 0 R >>" % (7 + level) if level < depth - 1 else b""
            body = b"/X Do /X Do" if inner else b"BT /F1 9 Tf (x) Tj ET"
            head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s %s >> /Length %d >>"
            objects.append(head % (font, inner, len(body)) + b"\nstream\n%s\nendstream" % body)
        with pytest.raises(TooLarge, match="unpacking takes more"):
            read_pdf(assembled(objects), "a.pdf", max_seconds=0.5)

    def test_an_empty_password_is_no_hindrance(self, tmp_path: Path) -> None:
        """Many files are protected against printing only."""
        assert "The bank said" in only(load(tmp_path, encrypted(""), "a.pdf")).text

    def test_a_pdf_under_another_name_or_from_a_pipe_is_read_as_one(self, tmp_path: Path) -> None:
        """Downloads lose their endings."""
        raw = pdf("The bank said on Monday it would close 40 branches.")
        assert only(load(tmp_path, raw, "download")).text.startswith("The bank")
        assert only(load(tmp_path, raw, "a.txt")).text.startswith("The bank")
        assert load_articles(["-"], stdin=io.BytesIO(raw)).articles[0].text.startswith("The bank")


class TestMarkdown:
    """Markdown stays as it is; a front matter gives metadata."""

    def test_front_matter_is_metadata_and_stays_in_the_text(self, tmp_path: Path) -> None:
        """Nothing is ever cut from a text."""
        matter = '---\ntitle: "Bank closes"\ndate: 2024-05-13\nsource: The Daily\n---\n'
        text = f"{matter}\n# Bank closes\n\n{PARAGRAPHS[0]}\n"
        article = only(load(tmp_path, text.encode(), "a.md"))
        assert article.text == text
        assert (article.title, article.outlet, article.published.date) == (
            "Bank closes",
            "The Daily",
            "2024-05-13",
        )
        roles = {text[line.start : line.end]: line.role for line in article.lines}
        assert roles["date: 2024-05-13"] == "meta"
        assert roles["# Bank closes"] == "headline"
        assert roles[PARAGRAPHS[0]] == "body"

    def test_a_heading_is_the_title_without_its_marks(self, tmp_path: Path) -> None:
        """A reader of the digest sees no hash signs."""
        assert (
            only(load(tmp_path, f"# Bank *closes*\n\n{PARAGRAPHS[0]}\n".encode(), "a.md")).title
            == "Bank closes"
        )
