"""The accounts a visitor signs in with. The numbers are invented and plainly so."""

from dataclasses import dataclass

PASSWORD = "honglin-demo"  # noqa: S105 - printed at every start, for invented people


@dataclass(frozen=True)
class Account:
    """One demo account and what it is good for."""

    phone: str
    name: str
    what_for: str


ACCOUNTS = (
    Account("19900000001", "陈师傅", "志愿者（红旗手）：今日走访、报事"),
    Account("19900000002", "李姐", "志愿者（红袖章）：与陈师傅同行"),
    Account("19900000003", "周工", "物业调度：接单、办结"),
    Account("19900000004", "王干事", "居委会：排走访、受理、派单、审核、导入"),
    Account("19900000005", "赵书记", "社区书记：督办、协商"),
    Account("19900000006", "孙主任", "业委会：审核社区办的事"),
    Account("19900000007", "钱社工", "社会组织：承接关爱需求"),
    Account("19900000008", "吴科长", "街道：答复上报、督办"),
    Account("19900000009", "系统管理员", "区管理员"),
)
