"""The daily edition: what is due, what is in it, and the run that makes and sends it."""
