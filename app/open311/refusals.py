"""The refusals of this area. The standard answers a missing and a wrong key with 403."""

from app.core.errors import Refusal


class KeyMissing(Refusal):
    status, code = 403, "georeport_key_missing"
    title = "缺少密钥。密钥由社区或管理员发放。"


class KeyWrong(Refusal):
    status, code = 403, "georeport_key_wrong"
    title = "密钥不对，或者已经停用。"


class UnknownService(Refusal):
    status, code = 404, "georeport_unknown_service"
    title = "没有这个服务类别。"


class UnknownRequest(Refusal):
    status, code = 404, "georeport_unknown_request"
    title = "没有这个编号的事项。"


class UnknownJurisdiction(Refusal):
    status, code = 404, "georeport_unknown_jurisdiction"
    title = "没有这个辖区，或者它没有开放接口。"


class UnknownFormat(Refusal):
    status, code = 404, "georeport_unknown_format"
    title = "地址的结尾不是规定的两种格式之一。"


class TooFast(Refusal):
    status, code = 429, "georeport_too_fast"
    title = "报得太快了，请过一分钟再报。"
