"""A month's plan, verb by verb: made (`making`), put down by the planner (`writing`), changed by
people (`editing`), sent out (`sending`), mended when life happens (`mending`); `showing` is what
the office's board sees, `problems` where the planner's questions come from."""
