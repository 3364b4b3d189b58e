"""Collecting from feeds, lists, pages and folders: what is new, what was told, what failed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from collect_samples import NOW, feed, page, rss, run, sentences
from web_server import Answer, WebServer

from summarizer.records.collection import SourceSpec
from summarizer.sources.web.addresses import address_key
from summarizer.store.feeds import FeedMemory


def test_a_feeds_new_items_become_articles_with_their_pages_text(
    server: WebServer, memory: FeedMemory
) -> None:
    """The feed's teaser is not the article."""
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), NOW - timedelta(hours=3)))
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    found = run(server, memory, feed(server))
    (article,) = found.articles
    assert article.text.count("Port Elva") == 8
    assert (article.title, article.outlet, article.url) == ("Plan passes", "Harbour News", server.url("/a"))
    assert article.published.date == "2025-03-05"
    assert [(one.name, one.state, one.items, one.new) for one in found.sources] == [
        ("Harbour News", "ok", 1, 1)
    ]
    assert not found.problems


def test_what_is_older_than_the_window_is_left_out_and_named(server: WebServer, memory: FeedMemory) -> None:
    """A reader who misses it must be able to see why."""
    server.answers["/feed.xml"] = rss(
        ("Old", server.url("/old"), NOW - timedelta(days=9)),
        ("To come", server.url("/ahead"), NOW + timedelta(days=9)),
    )
    found = run(server, memory, feed(server))
    assert found.articles == ()
    assert [one.kind for one in found.excluded] == ["too old", "in the future"]
    assert server.paths() == ["/feed.xml"]


def test_an_item_without_date_is_new_until_an_edition_with_it_was_sent(
    server: WebServer, memory: FeedMemory
) -> None:
    """Only what was sent was told; a run that broke off tells it again."""
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), None))
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    first = run(server, memory, feed(server))
    assert len(first.articles) == 1
    assert len(run(server, memory, feed(server)).articles) == 1
    memory.mark_sent("daily/2025-03-05", first.keys, NOW)
    again = run(server, memory, feed(server))
    assert again.articles == ()
    assert again.sources[0].new == 0


def test_an_unchanged_feed_still_has_what_no_edition_has_told(server: WebServer, memory: FeedMemory) -> None:
    """After a crash between fetching and sending, 304 must not lose the items."""
    answer = rss(("Plan passes", server.url("/a"), NOW - timedelta(hours=3)))
    answer.headers["ETag"] = '"v1"'
    server.answers["/feed.xml"] = answer
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    run(server, memory, feed(server))
    found = run(server, memory, feed(server))
    assert [one.headers.get("if-none-match") for one in server.asked if one.path == "/feed.xml"] == [
        None,
        '"v1"',
    ]
    assert (found.sources[0].state, len(found.articles)) == ("unchanged", 1)


def test_one_dead_feed_costs_only_itself(server: WebServer, memory: FeedMemory) -> None:
    """And it is named, with the reason."""
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), NOW))
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    server.answers["/broken.xml"] = Answer(b"<rss><channel><item><title>cut", "application/rss+xml")
    server.answers["/page.xml"] = page("No feed", "Nothing here.")
    found = run(
        server, memory, feed(server, "/gone.xml"), feed(server, "/page.xml"), feed(server),
        SourceSpec(kind="feed", location="http://127.0.0.1:9/feed.xml"),
    )  # fmt: skip
    assert [one.state for one in found.sources] == ["failed", "failed", "ok", "failed"]
    assert found.sources[0].reason == "HTTP 404: the server answered with 404"
    assert "no feed" in str(found.sources[1].reason)
    assert "address refused" in str(found.sources[3].reason)
    assert len(found.articles) == 1


def test_one_address_in_two_feeds_is_read_once(server: WebServer, memory: FeedMemory) -> None:
    """Tracking parameters make no second article; the same text under another address doesn't either."""
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a?utm_source=rss"), NOW))
    server.answers["/other.xml"] = rss(
        ("Plan passes", server.url("/a"), NOW), ("Copy", server.url("/copy"), NOW)
    )
    server.answers["/a?utm_source=rss"] = server.answers["/copy"] = page(
        "Plan passes", sentences("Port Elva")
    )
    found = run(server, memory, feed(server), feed(server, "/other.xml"))
    assert (len(found.articles), found.duplicates) == (1, 2)
    assert {address_key(server.url("/a")), address_key(server.url("/copy"))} <= set(found.keys)


def test_the_feeds_own_text_stands_in_for_a_page_that_cannot_be_had(
    server: WebServer, memory: FeedMemory
) -> None:
    """With a notice, so that nobody wonders."""
    text = escape(f"<p>{sentences('Port Elva')}</p>")
    server.answers["/feed.xml"] = rss(
        ("Plan passes", server.url("/gone"), NOW), extra=f"<description>{text}</description>"
    )
    found = run(server, memory, feed(server))
    assert found.articles[0].text.count("Port Elva") == 8
    assert [(one.kind, one.url) for one in found.notices] == [("HTTP 404", server.url("/gone"))]
    assert not found.problems


def test_a_page_that_fails_is_named_and_read_the_next_time(server: WebServer, memory: FeedMemory) -> None:
    """It isn't counted as told."""
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), NOW))
    first = run(server, memory, feed(server))
    assert [(one.kind, one.source) for one in first.problems] == [("HTTP 404", "Harbour News")]
    memory.mark_sent("daily/2025-03-05", first.keys, NOW)
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    assert len(run(server, memory, feed(server)).articles) == 1


def test_robots_txt_is_obeyed_and_its_delay_kept(server: WebServer, memory: FeedMemory) -> None:
    """A host that wants no programs gets none."""
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/\n", "text/plain")
    server.answers["/feed.xml"] = rss(
        ("Open", server.url("/open"), NOW), ("Closed", server.url("/private/a"), NOW)
    )
    server.answers["/open"] = page("Open", sentences("Port Elva"))
    server.answers["/private/a"] = page("Closed", sentences("Sarvo"))
    found = run(server, memory, feed(server))
    assert [one.title for one in found.articles] == ["Open"]
    assert [(one.kind, one.url) for one in found.problems] == [("robots.txt", server.url("/private/a"))]
    assert "/private/a" not in server.paths()
    assert server.paths().count("/robots.txt") == 1


def test_a_host_whose_robots_txt_is_broken_is_left_alone(server: WebServer, memory: FeedMemory) -> None:
    """RFC 9309, section 2.3.1.4."""
    server.answers["/robots.txt"] = Answer(b"", status=503)
    server.answers["/feed.xml"] = rss(("Open", server.url("/open"), NOW))
    server.answers["/open"] = page("Open", sentences("Port Elva"))
    found = run(server, memory, feed(server))
    assert [one.kind for one in found.problems] == ["robots.txt"]
    assert "/open" not in server.paths()


def test_lists_of_feeds_are_followed_and_circles_cut(server: WebServer, memory: FeedMemory) -> None:
    """OPML in OPML, with relative addresses, and back to where it began."""
    outline = '<opml version="2.0"><body><outline text="x"><outline xmlUrl="{}"/></outline>{}</body></opml>'
    further = '<outline type="include" url="more.opml"/>'
    back = '<outline type="include" url="/lists/all.opml"/>'
    server.answers["/lists/all.opml"] = Answer(outline.format("/feed.xml", further).encode(), "text/x-opml")
    server.answers["/lists/more.opml"] = Answer(outline.format("/other.xml", back).encode(), "text/x-opml")
    server.answers["/feed.xml"] = rss(("One", server.url("/1"), NOW))
    server.answers["/other.xml"] = rss(("Two", server.url("/2"), NOW))
    server.answers["/1"], server.answers["/2"] = (
        page("One", sentences("Elva")),
        page("Two", sentences("Sarvo")),
    )
    found = run(server, memory, SourceSpec(kind="opml", location=server.url("/lists/all.opml")))
    assert {one.title for one in found.articles} == {"One", "Two"}
    assert server.paths().count("/lists/all.opml") == 1


def test_a_json_feed_is_read(server: WebServer, memory: FeedMemory) -> None:
    """Dates with an offset, text or markup, items without address."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Elva wire",
        "items": [
            {
                "id": 7,
                "title": "One",
                "content_text": sentences("Elva"),
                "date_published": "2025-03-05T08:00:00+02:00",
            },
            {
                "id": 8,
                "title": "Two",
                "content_html": f"<p>{sentences('Sarvo')}</p>",
                "date_published": "2025-03-05",
            },
            "nonsense",
        ],
    }
    server.answers["/feed.json"] = Answer(json.dumps(document).encode(), "application/feed+json")
    found = run(server, memory, SourceSpec(kind="jsonfeed", location=server.url("/feed.json")))
    assert [(one.title, one.published.date) for one in found.articles] == [
        ("Two", "2025-03-05"),
        ("One", "2025-03-05"),
    ] or [one.title for one in found.articles] == ["One", "Two"]
    assert found.sources[0].name == "Elva wire"


def test_a_single_page_and_a_folder_are_sources_too(
    server: WebServer, memory: FeedMemory, tmp_path: Path
) -> None:
    """A file is known by its text: it isn't told again, whatever its name."""
    server.answers["/press"] = page("Press release", sentences("Elva"))
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "one.txt").write_text(f"Harbour plan passes\n\n{sentences('Sarvo')}\n")
    (folder / "old.txt").write_text(f"January 3, 2024\n\nOld plan\n\n{sentences('Orm')}\n")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    specs = (
        SourceSpec(kind="url", location=server.url("/press"), name="Press office"),
        SourceSpec(kind="folder", location=str(folder), name="Inbox"),
    )
    found = run(server, memory, *specs)
    assert {one.title for one in found.articles} == {"Press release", "Harbour plan passes"}
    assert [one.kind for one in found.excluded] == ["too old"]
    assert [one.source for one in found.problems] == ["Inbox"]
    memory.mark_sent("daily/2025-03-05", found.keys, NOW)
    (folder / "one.txt").rename(folder / "renamed.txt")
    assert run(server, memory, *specs).articles == ()


def test_a_page_with_a_new_text_is_new(server: WebServer, memory: FeedMemory) -> None:
    """A watched page is told again when it says something else."""
    spec = SourceSpec(kind="url", location=server.url("/press"))
    server.answers["/press"] = page("Press release", sentences("Elva"))
    memory.mark_sent("daily/2025-03-04", run(server, memory, spec).keys, NOW)
    assert run(server, memory, spec).articles == ()
    server.answers["/press"] = page("Press release", sentences("Sarvo"))
    assert len(run(server, memory, spec).articles) == 1


def test_the_newest_items_are_read_where_there_are_too_many(server: WebServer, memory: FeedMemory) -> None:
    """A flood costs no night, and says how much was left out."""
    items = [(f"Item {n}", server.url(f"/{n}"), NOW - timedelta(minutes=n)) for n in range(900)]
    server.answers["/feed.xml"] = rss(*items)
    for number in range(3):
        server.answers[f"/{number}"] = page(f"Item {number}", sentences(f"Town {number}"))
    found = run(server, memory, feed(server), max_items=3)
    assert [one.title for one in found.articles] == ["Item 0", "Item 1", "Item 2"]
    assert [(one.kind, one.reason.split(";")[0]) for one in found.excluded] == [("too many", "897 items")]


def test_a_broken_memory_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    """Something may be told twice; nothing is lost."""
    with FeedMemory(tmp_path) as memory:
        memory.mark_sent("daily/2025-03-05", ["a"], NOW)
    (tmp_path / "feeds.sqlite3").write_bytes(b"no database" * 400)
    with FeedMemory(tmp_path) as memory:
        assert "damaged" in memory.notice
        assert memory.covered(["a"]) == frozenset()
        memory.mark_sent("daily/2025-03-05", ["a"], NOW)
    with FeedMemory(tmp_path) as memory:
        assert (memory.notice, memory.covered(["a", "b"])) == ("", frozenset({"a"}))
    assert list(tmp_path.glob("*broken*"))


def test_two_thousand_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    """SQLite takes a limited number of variables."""
    keys = [str(number) for number in range(2_000)]
    with FeedMemory(tmp_path) as memory:
        memory.mark_sent("daily/2025-03-05", keys[::2], NOW)
        assert memory.covered(keys) == frozenset(keys[::2])


def test_the_date_that_an_article_states_goes_before_its_feeds(server: WebServer, memory: FeedMemory) -> None:
    """An archive that lists its pieces anew must not make last year's numbers today's."""
    text = f"January 19, 2022\n\nHarbour plan passes\n\n{sentences('Elva')}\n"
    server.answers["/feed.xml"] = rss(
        ("Plan passes", server.url("/a"), NOW), ("Other", server.url("/b"), NOW)
    )
    server.answers["/a"] = Answer(text.encode(), "text/plain; charset=utf-8")
    server.answers["/b"] = page("Other", sentences("Sarvo"))
    found = run(server, memory, feed(server))
    assert {one.title: one.published.date for one in found.articles} == {
        "Plan passes": "2022-01-19",
        "Other": "2025-03-05",
    }
