"""The addresses of this Easel, as lines for the terminal."""

import io
import socket

from launch.plan import Plan

EVERYWHERE = ("0.0.0.0", "::")
OUTSIDE = {
    "0.0.0.0": (socket.AF_INET, "192.0.2.1"),
    "::": (socket.AF_INET6, "2001:db8::1"),
}  # reserved for documentation


def lines(plan: Plan, port: int) -> list[str]:
    """The address to open; on all interfaces also the network's, with a QR code for a phone."""
    if plan.public_origin:
        return [f"Easel is at {plan.public_origin}"]
    if plan.host not in EVERYWHERE:
        return [f"Easel is at {url(plan.host, port)}"]
    here = [f"Easel is at {url('127.0.0.1', port)}"]
    network = network_address(plan.host)
    if network is None:
        return here
    outside = url(network, port)
    return [*here, f"On this network it is at {outside}", qr(outside)]


def url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def network_address(host: str) -> str | None:
    """This machine's address in its network, or None without a network. Nothing is sent."""
    for family, other in [OUTSIDE[host], OUTSIDE["0.0.0.0"]]:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((other, 9))
                return str(probe.getsockname()[0])
        except OSError:
            continue
    return None


def qr(text: str) -> str:
    import segno  # late: most need no code

    out = io.StringIO()
    segno.make(text, micro=False).terminal(out, compact=True)
    return out.getvalue().rstrip("\n")
