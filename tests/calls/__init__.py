"""Emergency calls."""
