"""The verbs of an emergency call: `opening`, `answering`, `ending`."""
