"""What a word is, and the general words of both languages: no home is known here."""
