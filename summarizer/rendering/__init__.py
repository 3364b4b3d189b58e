"""Digests and briefs become text, Markdown and one HTML page.

`view_digest` and `view_brief` say what is shown, in which order and in which words; `text`, `markdown`
and `page` only lay a `View` out, so the three say the same. Pure: no file, no terminal, no clock.
"""
