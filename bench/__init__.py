"""Measurements, one module each; `make bench` runs all, `make bench NAME=http` one.

Each takes its figures through the real door of a real server, and prints, after whatever is nice to
read, one JSON object a line. Nothing here is a test: no figure fails anything.
"""
