"""Feeds and pages from the web, as hostile as they come. START HERE: `collecting.collect`.

::

    SourceSpec …  listing     feed, JSON Feed, OPML, page, folder  → items; one dead feed costs only itself
      │  choosing             of the window, in no sent edition    → excluded, with the reason
      │  reading              the linked page, else the feed's own text
      ▼
    Collected     articles, what failed, what was left out

    turns         all hosts at once, each host one thing after the other
    fetching      one address: limits of time, size and redirects
    guard         which machines may be connected to, after every redirect and after DNS
    robots        whether a page may be fetched
"""
