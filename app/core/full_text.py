"""What full-text indexes leave in a database beside the models."""


def is_modelled(name: str | None, _kind: str, _parents: object = None) -> bool:
    """Whether a table or index is one of the models' (alembic's `include_name`): those of a
    full-text index are made beside them, each database having its own."""
    return "_fts" not in (name or "")
