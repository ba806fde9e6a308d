"""The spreadsheet that came with a form."""

from flask import request

from app.core.errors import Invalid
from app.core.tables import MOST_BYTES


def spreadsheet() -> tuple[str, bytes]:
    """Its name and content; of a file that is too large one byte more than is allowed. For
    `prepare`: a hostile one may take seconds, so it is read before the transaction. Invalid
    without a file."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(errors={"file": ["请选一个 .xlsx 或 .csv 文件。"]})
    with upload.stream as stream:
        return upload.filename, stream.read(MOST_BYTES + 1)
