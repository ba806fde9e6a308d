"""Who is told of what, in which words, and when a device may ring. Pure: values in, values out.

Start at `tickets.py` and `visits.py`, the tables; `telling.py` has the words they are made of.
"""
