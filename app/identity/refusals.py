"""What identity refuses, with stable codes."""

from app.core.errors import Refusal


class WrongPassword(Refusal):
    status, code = 401, "wrong_password"
    title = "手机号或密码不对，请再试一次。"


class SignedOutFromAfar(Refusal):
    """The device keeps nothing of what it holds."""

    status, code = 401, "signed_out_from_afar"
    title = "这台设备已经在别处退出登录。"


class SignInLocked(Refusal):
    status, code = 429, "sign_in_locked"
    title = "输错次数太多，请 10 分钟后再试。"


class OldPasswordWrong(Refusal):
    status, code = 422, "old_password_wrong"
    title = "原来的密码不对。"


class InvitationGone(Refusal):
    status, code = 410, "invitation_gone"
    title = "这个邀请已经用过、过期或被收回了，请联系邀请您的人再发一个。"


class MayNotInvite(Refusal):
    status, code = 403, "may_not_invite"
    title = "您不能邀请人担任这个岗位。"


class AlreadyMember(Refusal):
    status, code = 409, "already_member"
    title = "这个人已经在这个组织里担任这个岗位了。"


class LastAdmin(Refusal):
    status, code = 409, "own_membership"
    title = "不能结束自己的岗位，请让别的管理员来办。"
