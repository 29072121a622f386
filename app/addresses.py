"""Origins and networks, as people write them into the settings."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit


def networks(value: str) -> list[IPv4Network | IPv6Network]:
    """Of addresses and networks with commas between, or `none`. Raises ValueError."""
    if value.strip().lower() == "none":
        return []
    try:
        return [ip_network(part.strip()) for part in value.split(",")]
    except ValueError:
        raise ValueError("must be addresses and networks such as 10.0.0.2,10.1.0.0/16, or none") from None


def ancestors(value: str) -> str:
    """As a source list of a content security policy, which is empty for `none`. Raises ValueError."""
    if value.strip().lower() == "none":
        return ""
    return "*" if value.strip() == "*" else " ".join(map(ancestor, value.split(",")))


def ancestor(value: str) -> str:
    """An origin, whose host may begin with `*.`; of letters that mean nothing in a policy. Raises ValueError."""
    plain = origin(value.replace("://*.", "://"))
    if not re.fullmatch(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?", plain):
        raise ValueError("must be origins such as https://wiki.example.org,https://*.example.com, or *, or none")
    return plain.replace("://", "://*.") if "://*." in value else plain


def origin(value: str) -> str:
    """`HTTPS://Example.org:443/` as `https://example.org`. Raises ValueError for what is no origin."""
    url = urlsplit(value.strip())
    if (
        url.scheme not in ("http", "https")
        or not url.hostname
        or url.path not in ("", "/")
        or url.query
        or url.username
    ):
        raise ValueError("must be scheme://host or scheme://host:port, such as https://easel.example.org")
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    default = {"http": 80, "https": 443}[url.scheme]
    return f"{url.scheme}://{host}" if url.port in (None, default) else f"{url.scheme}://{host}:{url.port}"
