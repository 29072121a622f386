"""Believing what a stranger says of an address: only proxies that the settings name are, and only from the right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Scope

from app.addresses import networks
from app.settings import Settings, SettingsError, load
from app.web.limits import address
from app.web.proxies import Proxies

FOR, PROTO = b"x-forwarded-for", b"x-forwarded-proto"


def seen(trusted: str, peer: str, *headers: tuple[bytes, str]) -> tuple[str, str]:
    """The client's address and the scheme within the app."""
    scope: Scope = {"type": "http", "client": (peer, 1), "scheme": "http"}
    scope["headers"] = [(name, value.encode()) for name, value in headers]
    Proxies(networks(trusted)).resolve(scope)
    return scope["client"][0], scope["scheme"]


@pytest.mark.parametrize(
    ("peer", "hops", "client"),
    [
        ("10.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["6.6.6.6, 1.2.3.4, 10.0.0.2"], "1.2.3.4"),
        ("10.0.0.1", ["1.2.3.4:5678"], "1.2.3.4"),
        ("10.0.0.1", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("10.0.0.1", ["::ffff:1.2.3.4"], "1.2.3.4"),
        ("::ffff:10.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["1.2.3.4, unknown"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("9.9.9.9", ["1.2.3.4"], "9.9.9.9"),
        ("10.1.0.1", ["1.2.3.4"], "10.1.0.1"),
    ],
)
def test_the_last_hop_that_is_no_proxy_of_ours_counts(peer: str, hops: list[str], client: str) -> None:
    assert seen("10.0.0.0/24,::1", peer, *((FOR, hop) for hop in hops))[0] == client


def test_the_scheme_is_a_proxys_word_and_no_strangers() -> None:
    assert seen("10.0.0.1", "10.0.0.1", (PROTO, "https"))[1] == "https"
    assert seen("10.0.0.1", "9.9.9.9", (PROTO, "https"))[1] == "http"
    assert seen("10.0.0.1", "10.0.0.1", (PROTO, "gopher"))[1] == "http"
    assert seen("none", "127.0.0.1", (PROTO, "https"), (FOR, "1.2.3.4")) == ("127.0.0.1", "http")


@given(st.text(max_size=60))
def test_no_header_breaks_it_or_moves_a_stranger(text: str) -> None:
    hop = text.encode().decode("latin-1")
    assert seen("10.0.0.1", "9.9.9.9", (FOR, hop))[0] == "9.9.9.9"
    assert isinstance(seen("10.0.0.1", "10.0.0.1", (FOR, hop))[0], str)


def counted_as(host: str) -> str:
    return address(Request({"type": "http", "client": (host, 1), "headers": []}))


def test_an_ipv6_network_counts_as_one_and_mapped_ipv4_as_itself() -> None:
    assert counted_as("2001:db8:1:2:3::4") == counted_as("2001:db8:1:2::9") != counted_as("2001:db8:1:3::9")
    assert counted_as("::ffff:1.2.3.4") == counted_as("1.2.3.4") == "1.2.3.4"


def test_a_setting_that_names_no_network_is_refused() -> None:
    assert Settings(trusted_proxies="none").proxies == []
    for wrong in ("proxy.example", "*", "10.0.0.1/8", "10.0.0.1,,"):
        with pytest.raises(SettingsError, match="TRUSTED_PROXIES must be addresses"):
            load(trusted_proxies=wrong)
