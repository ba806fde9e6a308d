"""What is done with rounds and visits; nothing here commits or knows HTTP.

`rounds` drafts and calls off, `publishing` turns a round into proposals, `answers` is the
volunteer's word, `records` is what came of a visit, `follow_up` what a record leads to,
`correcting` how it is set right.
"""
