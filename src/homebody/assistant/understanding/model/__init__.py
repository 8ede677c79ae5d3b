"""The language model, where the grammar is not sure: when it is asked, what it sees and may change."""
