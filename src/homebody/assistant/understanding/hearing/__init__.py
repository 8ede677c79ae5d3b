"""What was misheard or mistyped: the nearest words of the home by their sound."""
