"""The catalogue of refusals: each has a stable code, a status and a Chinese sentence.

An area adds its own by subclassing `Refusal`; the class registers itself, and a code is used once.
Whatever is not a `Refusal` is a 500, and somebody is woken.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

CATALOGUE: dict[str, type["Refusal"]] = {}

FieldErrors = Mapping[str, Sequence[str]]


class Refusal(Exception):
    """Something a person asked for that will not be done, and what they can do instead."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "这件事现在做不了。"
    with_current: ClassVar[bool] = False  # the edge adds `current`: the thing as it now is

    def __init_subclass__(cls) -> None:
        if cls.code in CATALOGUE:
            raise TypeError(f"refusal code {cls.code!r} is taken")
        CATALOGUE[cls.code] = cls

    def __init__(
        self, title: str | None = None, *, errors: FieldErrors | None = None, **extra: Any
    ) -> None:
        self.sentence = title or self.title
        self.errors = {field: list(said) for field, said in (errors or {}).items()}
        self.extra = extra
        super().__init__(self.sentence)

    def problem(self) -> dict[str, Any]:
        """The RFC 9457 problem document."""
        document: dict[str, Any] = {
            "type": f"urn:honglin:problem:{self.code}",
            "title": self.sentence,
            "status": self.status,
            "code": self.code,
        }
        if self.errors:
            document["errors"] = self.errors
        return document | self.extra


class BadRequest(Refusal):
    status, code = 400, "bad_request"
    title = "这个请求读不懂，请刷新页面再试。"


class SignInNeeded(Refusal):
    status, code = 401, "sign_in_needed"
    title = "请先登录。"


class NotAllowed(Refusal):
    status, code = 403, "not_allowed"
    title = "这一项不归您的岗位办理。"


class CsrfRefused(Refusal):
    status, code = 403, "csrf_refused"
    title = "页面放得太久了，请刷新后再试。"


class NotFound(Refusal):
    status, code = 404, "not_found"
    title = "没有找到，可能已经删除，或者不归您负责。"


class MethodNotAllowed(Refusal):
    status, code = 405, "method_not_allowed"
    title = "这个地址不接受这样的操作。"


class Conflict(Refusal):
    status, code = 409, "conflict"
    title = "和现有的内容有冲突，请刷新后再看。"


class KeyReused(Refusal):
    status, code = 409, "idempotency_key_reused"
    title = "这次提交的编号用过了，内容却不一样，请重新提交。"


class Stale(Refusal):
    """The version sent with `If-Match` is not the present one. `current` carries the version."""

    status, code, with_current = 412, "stale", True
    title = "这条内容刚刚有人改过，请看过最新的再提交。"


class TooLarge(Refusal):
    status, code = 413, "too_large"
    title = "内容太大了，请减小后再传。"


class Invalid(Refusal):
    status, code = 422, "invalid"
    title = "有几处没填对，请看红字提示。"


class VersionNeeded(Refusal):
    status, code = 428, "version_needed"
    title = "缺少版本号，请刷新后再提交。"


class KeyNeeded(Refusal):
    status, code = 400, "idempotency_key_needed"
    title = "缺少提交编号，请刷新后再提交。"


class Busy(Refusal):
    status, code = 503, "busy"
    title = "服务器正忙，请稍等几秒再试，内容没有丢。"


class Broken(Refusal):
    status, code = 500, "broken"
    title = "服务器出了点问题，已经记下。请稍后再试，您填的内容没有丢。"
