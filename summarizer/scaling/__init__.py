"""The same run on several machines: `--scheduler tcp://HOST:8786`, over Dask distributed.

::

    this machine                                  scheduler          workers
    articles, in batches ── carrying ──────────────▶ ├──────────────▶ batches.do_batch: the ordinary pipeline
    store of replies, ledger, budget, pace: desk ◀───┤◀────────────── asking: may I? known? this was paid
    results in the order of the input ◀──────────────┴────────────────┘
      stories are grouped here, their digests are merged there, the whole is ranked and written here

Only this machine writes: a paid reply is in its store before the worker that paid goes on, because SQLite on
a network disk is not safe and a worker's own disk may go with the worker. A worker holds nothing that is
worth keeping. Keys are read on the workers, each from its own environment, and travel nowhere.
"""
