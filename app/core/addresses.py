"""Which addresses of the internet we speak to at all: only public ones. Pure."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


class PrivateAddress(OSError):
    """The name leads to an address that is not of the open internet."""

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(text: str) -> bool:
    """Whether this address is one of the open internet, also when it is wrapped in another."""
    address = _unwrapped(ip_address(text.partition("%")[0]))
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def is_inner_number(host: str) -> bool:
    """Whether the host is an address, and not a public one. Names are looked up when sending."""
    try:
        return not is_public(host)
    except ValueError:
        return False


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
