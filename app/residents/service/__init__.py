"""The verbs of this area: `doors` gives out codes, `reporting` takes a matter in, `following` is
what its reporter may do, `wishes` is about visits, `contacts` shows numbers, `limiting` counts.
"""
