"""The verbs of this area: `giving` gives out and revokes keys, `posting` takes a report in."""
