"""A clause, word by word, into its frame: of what it speaks and what it wishes. No device is looked at."""
