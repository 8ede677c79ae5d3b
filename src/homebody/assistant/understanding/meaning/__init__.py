"""What a frame means in this home: which devices, which commands, which answers, when; or why not."""
