"""All metrics of the rules engine at once, for whoever is changing it.

``python -m summarizer.evaluation.quick DATA_DIR [--items PART] [--article ID]`` prints what
``summarizer eval run --all --data DATA_DIR …`` does, without the command line's other parts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from summarizer.evaluation.answers import RulesDrafter
from summarizer.evaluation.console import print_items, print_run
from summarizer.evaluation.dataset import chosen, load_data_set
from summarizer.evaluation.runner import RunOptions, run_evaluation


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(prog="python -m summarizer.evaluation.quick")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", choices=("actors", "figures", "claims"))
    parser.add_argument("--article", action="append", default=[])
    options = parser.parse_args()
    data = load_data_set(options.folder)
    if options.article:
        data = chosen(data, options.article)
    run = run_evaluation(data, RulesDrafter(), RunOptions(created=""), lambda *_: None).run
    if options.items:
        print_items(run, options.items)
    print_run(run, every=True)


if __name__ == "__main__":
    main()
