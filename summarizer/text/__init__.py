"""What English news text is made of: folding, sentences, numbers, dates, countries. Pure.

Shared by the stages, which never import each other. Knows nothing about briefs or digests.
"""
