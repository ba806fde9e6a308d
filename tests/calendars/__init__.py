"""The calendar of a person, as programs that others wrote read it."""
