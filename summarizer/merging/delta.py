"""What changed between two digests of one story. START HERE for the delta.

::

    Digest, Digest   delta_union.unite      both as one pool, merged anew: what was one stays one
      │  delta_claims.claim_changes         by proposition: who says what, how surely, then and now
      │  delta_figures.figure_changes       by quantity: each source's number then and now
      ▼
    Delta

Pure. Clusters are matched by what merging knows (proposition, quantity, actors, shared members), so another
wording, another order or another id is no change.
"""

from __future__ import annotations

from summarizer.merging.delta_claims import claim_changes
from summarizer.merging.delta_figures import figure_changes
from summarizer.merging.delta_union import unite
from summarizer.records.delta import CHANGE_KINDS, Delta, DeltaSide
from summarizer.records.digest import Digest


def compare_digests(
    old: Digest | None, new: Digest | None, story: str | None = None, title: str | None = None
) -> Delta:
    """The delta from `old` to `new`; None for a story that wasn't there, or isn't any more.

    Raises:
        ValueError: both are None.
    """
    if old is None and new is None:
        raise ValueError("a delta needs a digest on one side at least")
    union = unite(old, new)
    claims, steady_claims = claim_changes(union)
    figures, steady_figures = figure_changes(union)
    order = {kind: place for place, kind in enumerate(CHANGE_KINDS)}
    return Delta(
        story=story,
        title=title,
        old=DeltaSide(articles=old.articles if old else ()),
        new=DeltaSide(articles=new.articles if new else ()),
        changes=tuple(sorted((*figures, *claims), key=lambda change: order[change.kind])),
        unchanged=steady_claims + steady_figures,
    )
