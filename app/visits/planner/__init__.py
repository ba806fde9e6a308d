"""The planner 排班: who calls at which door in which window of a month, proposed with its reasons.

Pure: values in, values out; no database, no web. Start at `shapes` (one grid's problem and its
plan); `greedy` plans at once, `better` well, `many` several grids side by side. The caller has
resolved the calendar, the residents' wishes and who is paired with whom; people keep the last word
on everything that comes out.
"""
