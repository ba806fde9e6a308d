"""The refusals of this area."""

from app.core.errors import Refusal
from app.notifications.rules.limits import MOST_DEVICES


class TooManyDevices(Refusal):
    status, code = 409, "push_too_many_devices"
    title = f"最多 {MOST_DEVICES} 台设备接收推送，请先在“推送设备”里关掉不用的一台。"
