"""The shapes of visits and rounds on the wire. Unknown fields are refused: what is never
collected has no field to come in by."""
