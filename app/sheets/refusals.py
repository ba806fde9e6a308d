"""What this area refuses."""

from app.core.errors import Refusal


class ColumnsMissing(Refusal):
    status, code = 422, "import_columns_missing"
    title = "还有必需的列没有对上，请先选好。"


class NothingChosen(Refusal):
    status, code = 422, "import_nothing_chosen"
    title = "没有选能导入的行。"
