"""A digest with a model's help: it settles doubtful pairs and writes the sentences; programs check both."""
