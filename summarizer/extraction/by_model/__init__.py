"""Drafts of briefs by a language model: show the article, ask, read the reply, repair what was refused."""
