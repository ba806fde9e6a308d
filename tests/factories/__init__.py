"""Small factories: each makes one thing with plain defaults, in the session it is given."""
