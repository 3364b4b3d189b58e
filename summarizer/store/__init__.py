"""Past runs on this machine, in one SQLite file: what `summarizer show` looks things up in."""
