"""Calls to language models over any OpenAI-compatible endpoint. The only package that talks to one."""
