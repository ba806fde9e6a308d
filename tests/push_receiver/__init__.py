"""A push service of our own for tests: it listens, checks, decrypts and answers as it is told.

Start at `server.py`. Nothing here uses our server's code or the libraries it sends with, so an
error made there cannot be made here a second time.
"""
