"""Honglin's server. Start reading at `factory.py`, the only module that knows every area."""
