"""The verbs of this area; never commits."""
