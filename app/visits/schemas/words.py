"""Fields and small shapes that several schemas of visits share."""

from datetime import time
from typing import Any

from marshmallow import fields, post_load, validate

from app.core.schemas import HoursSchema as HoursSchema
from app.visits.rules.windows import Window


def word(kind: Any, **options: Any) -> fields.Enum[Any]:
    """A field that holds one word of an enumeration."""
    return fields.Enum(kind, by_value=True, **options)


def short(longest: int, **options: Any) -> fields.String:
    """A field of at most so many characters."""
    return fields.String(
        validate=validate.Length(max=longest, error=f"最多 {longest} 个字。"), **options
    )


def filled(longest: int) -> fields.String:
    """A required field that may not be blank."""
    return fields.String(
        required=True,
        validate=[
            validate.Length(max=longest, error=f"最多 {longest} 个字。"),
            validate.Regexp(r"\s*\S", error="请填写。"),
        ],
        error_messages={"required": "请填写。"},
    )


class WindowSchema(HoursSchema):
    """The same, as the rules take it."""

    @post_load
    def window(self, said: dict[str, time], **_: Any) -> Window:
        return Window(said["start"], said["end"])
