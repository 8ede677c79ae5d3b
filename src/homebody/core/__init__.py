"""What every room shares: errors, ids, clock, settings, journal, the network gate. Imports no other room."""
