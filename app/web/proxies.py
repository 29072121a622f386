"""The client's real address: trusted proxies send it in `X-Forwarded-For` and `X-Forwarded-Proto`.

A stranger may send these headers too, so each hop is believed only by the one that it was told to, from the right.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_HOPS = 16  # looked at
FORWARDED = frozenset({b"x-forwarded-for", b"x-forwarded-proto"})
REMEMBERED = 4096  # addresses: one request asks for its own several times


class Proxies:
    def __init__(self, trusted: list[Network]) -> None:
        self.trusted = trusted

    def resolve(self, scope: Scope) -> None:
        """Puts the client's address and scheme into the scope."""
        client = scope.get("client")
        forwarded = any(name in FORWARDED for name, _ in scope["headers"])
        if client and forwarded and self.trusts(parsed(client[0])):
            scope["client"] = (self.source(scope, client[0]), 0)
            scheme = values(scope, b"x-forwarded-proto")[-1:]
            if scheme and scheme[0] in ("http", "https"):
                scope["scheme"] = scheme[0]

    def source(self, scope: Scope, peer: str) -> str:
        """The last hop, from the right, that is no proxy of ours; as far as the hops are addresses."""
        for hop in reversed(values(scope, b"x-forwarded-for")[-MAX_HOPS:]):
            ip = parsed(hop)
            if ip is None:
                return peer
            peer = str(ip)
            if not self.trusts(ip):
                return peer
        return peer

    def trusts(self, ip: Address | None) -> bool:
        return within(ip, self.trusted)


def within(ip: Address | None, networks: list[Network]) -> bool:
    return ip is not None and any(ip.version == network.version and ip in network for network in networks)


def values(scope: Scope, name: bytes) -> list[str]:
    """Of all lines of this header, in their order."""
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


@lru_cache(REMEMBERED)
def parsed(hop: str) -> Address | None:
    """`1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]:80`; an IPv4 address within IPv6 is that address."""
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        ip = ip_address(hop.partition("%")[0])
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip


@lru_cache(REMEMBERED)
def counted(host: str) -> str:
    """An address for counting: one IPv6 customer has a whole /64."""
    ip = parsed(host)
    if isinstance(ip, IPv6Address):
        return str(IPv6Address(int(ip) >> 64 << 64))
    return host if ip is None else str(ip)
