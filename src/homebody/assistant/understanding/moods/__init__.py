"""What kind of sentence a clause is: only a command may act."""
