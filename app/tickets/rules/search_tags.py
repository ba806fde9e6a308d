"""Tags of the full-text index: what a ticket is, beside what it says."""

from uuid import UUID


def tag(kind: str, value: object) -> str:
    """A token that no text can hold. Of an id its end will do: what it finds is looked at again."""
    if isinstance(value, UUID):
        return f"_{kind}{value.hex[-12:]}"
    return f"_{kind}" if value is True else f"_{kind}{value}".replace(".", "_")
