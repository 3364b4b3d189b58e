"""All metrics of the rules engine at once, for whoever is changing it.

``python -m summarizer.evaluation.quick DATA_DIR [--items PART] [--article ID] [--all]`` is
``summarizer eval run --all --data DATA_DIR …``.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from summarizer.cli.main import main

    arguments = sys.argv[1:]
    sys.argv = ["summarizer", "eval", "run", "--all", "--data", *arguments]
    main()
