"""Which IP addresses are on the public internet. Everything else is somebody's own network."""

from __future__ import annotations

import ipaddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_UNICAST = ipaddress.ip_network("2000::/3")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.88.99.0/24",  # relays into 6to4
        "64:ff9b::/96",  # IPv4 behind a translator: 64:ff9b::7f00:1 is 127.0.0.1
        "64:ff9b:1::/48",
        "2001::/23",  # Teredo and other tunnels
        "2001:db8::/32",
        "2002::/16",  # 6to4, an IPv4 address inside
        "3fff::/20",
    )
)
_LINK_LOCAL = tuple(
    ipaddress.ip_network(block)
    for block in ("169.254.0.0/16", "fe80::/10", "64:ff9b::a9fe:0/112", "2002:a9fe::/32", "::a9fe:0/112")
)
"""With the ways to write an IPv4 address inside an IPv6 one."""


def parsed(text: str) -> IPAddress | None:
    """The address that `text` writes out, or None; an IPv4 address inside an IPv6 one comes out as IPv4."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def is_public(address: IPAddress) -> bool:
    """True for unicast addresses anybody can reach."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address not in _UNICAST or address.scope_id is not None):
        return False
    return not any(address.version == block.version and address in block for block in _NOT_PUBLIC)


def may_be_named(address: IPAddress) -> bool:
    """True for what an administrator may open by naming its host: not link-local, where clouds serve credentials."""
    if address.is_multicast or address.is_unspecified:
        return False
    return not any(address.version == block.version and address in block for block in _LINK_LOCAL)
