"""Records whose assignment went away: for how long they may be handed in, and how the leader reads
why the server did not take them."""

from collections.abc import Mapping

TEAM_LEFT_DAYS = 60  # who left a team may still hand in what they did for it
KEPT_DAYS = 180

# The words of a refusal are said to its sender; a leader reads the same in other words.
REASONS: Mapping[str, str] = {
    "not_found": "交上来的时候，这一户已经不归这个人走访。",
    "not_allowed": "交上来的时候，这个人的岗位已经变了。",
    "visit_is_over": "交上来的时候，这次走访已经取消或婉拒了。",
    "visit_not_yours": "交上来的时候，这次走访已经不请这个人去了。",
    "visit_already_recorded": "交上来的时候，这次走访已经有人记好了。",
}


def reason_of(code: str, sentence: str) -> str:
    """Why it was refused, as a leader reads it; the refusal's own sentence for what is rare."""
    return REASONS.get(code, sentence)
