"""From the briefs of one story to its digest. START HERE: `merge.py`."""

from summarizer.merging.merge import merge

__all__ = ["merge"]
