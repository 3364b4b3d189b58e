"""Grounding: an engine's draft becomes a brief only as far as the article's text bears it out. Pure.

`brief_grounding.ground` is the gate; `brief_checks` and `digest_checks` run the same checks on finished
documents; `locate` finds quotes and `near_miss` says what is wrong with those that aren't there.
"""
