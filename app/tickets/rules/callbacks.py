"""Calling a reporter back: how often it is tried. Pure; who may is in `seats.py`."""

MOST_TRIES = 3  # nobody is rung for longer: then the reporter answers, or silence closes
