"""The change feed, as phones live with it."""
