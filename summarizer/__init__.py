"""Structured summaries of news in which every item is tied to a verbatim span."""
