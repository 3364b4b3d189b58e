"""From a pile of articles on many topics to stories. START HERE: `grouping.py`."""
