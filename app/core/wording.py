"""marshmallow's own messages in plain Chinese; set once, when the core is imported."""

from typing import Any

from marshmallow import Schema, fields, validate

WORDS: dict[type[Any], dict[str, str]] = {
    fields.Field: {
        "required": "这一项要填。",
        "null": "这一项不能空着。",
        "validator_failed": "这一项填得不对。",
    },
    fields.Nested: {"type": "这一项的格式不对。"},
    fields.List: {"invalid": "这一项要是一个列表。"},
    fields.Mapping: {"invalid": "这一项的格式不对。"},
    fields.Float: {"special": "这一项要填普通的数字。"},
    fields.String: {"invalid": "这一项要填文字。", "invalid_utf8": "文字里有读不懂的字符。"},
    fields.UUID: {"invalid_uuid": "编号不对，请重新选择。"},
    fields.Number: {"invalid": "这一项要填数字。", "too_large": "数字太大了。"},
    fields.Integer: {"invalid": "这一项要填整数。"},
    fields.Boolean: {"invalid": "请选“是”或“否”。"},
    fields.AwareDateTime: {
        "invalid": "时间格式不对。",
        "invalid_awareness": "时间要带时区。",
        "format": "时间格式不对。",
    },
    fields.Date: {"invalid": "日期不对，请重新选择。", "format": "日期格式不对。"},
    fields.Time: {"invalid": "时间不对，请重新选择。", "format": "时间格式不对。"},
    fields.Enum: {"unknown": "没有这个选项，请重新选择。"},
}


def speak_chinese() -> None:
    """Replace the English defaults; messages given at a field stay as they are."""
    for kind, words in WORDS.items():
        kind.default_error_messages = dict(kind.__dict__.get("default_error_messages", {})) | words
    Schema._default_error_messages = {
        "unknown": "没有这一项，请刷新页面再试。",
        "type": "内容的格式不对。",
    }
    validate.Length.message_min = "太短了，至少要 {min} 个。"
    validate.Length.message_max = "太长了，最多 {max} 个字。"
    validate.Length.message_all = "长度要在 {min} 到 {max} 之间。"
    validate.Length.message_equal = "长度要正好是 {equal}。"
    validate.Range.message_min = "不能小于 {{min}}。"
    validate.Range.message_max = "不能大于 {{max}}。"
    validate.Range.message_all = "要在 {{min}} 到 {{max}} 之间。"
    validate.OneOf.default_message = "没有这个选项，请重新选择。"
    validate.Regexp.default_message = "格式不对，请检查。"
    validate.ContainsOnly.default_message = "有的选项不存在，请重新选择。"
