"""Teams, pairings, and who sees which household."""
