"""The refusals of this area."""

from app.channels.rules import MOST_CHANNELS
from app.core.errors import Refusal


class TooManyChannels(Refusal):
    status, code = 409, "channels_too_many"
    title = f"最多留 {MOST_CHANNELS} 个，请先删掉不用的。"


class ChannelKnown(Refusal):
    status, code = 409, "channel_known"
    title = "这个已经加过了。"


class TooManyCodes(Refusal):
    status, code = 429, "channel_codes_too_many"
    title = "今天要的验证码太多了，请明天再试。"


class CodeOver(Refusal):
    status, code = 409, "channel_code_over"
    title = "验证码过期了，或者试的次数太多，请重新要一个。"
