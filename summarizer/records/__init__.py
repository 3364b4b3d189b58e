"""The contract in code: frozen records that every stage trades.

Nothing here reads files or decides about news. The JSON Schemas in `schemas/` are generated from
these records (`python -m summarizer.schemas --write` after a change; a test fails on drift).
"""
