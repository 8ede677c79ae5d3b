"""From characters to words, and from words to clauses: where one wish ends and the next begins."""
