from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from ingest.errors import RefusedAddress
from ingest.fetch import Fetcher, FetchRules
from ingest.public_addresses import is_public, may_be_named, parsed
from tests.ingest.fetching import PAGE, Names, connections, fetcher, site
from tests.ingest.web_server import Site, redirect

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["site"]


# --- addresses that are nobody's business

FORBIDDEN = """
http://127.0.0.1/ http://127.0.0.1:8080/ http://127.255.255.254/ http://127.1/ http://127.0.1/ http://localhost/
http://LOCALHOST/ http://localhost./ http://0/ http://0.0.0.0/ http://0.1.2.3/ http://2130706433/ http://017700000001/
http://0x7f000001/ http://0x7f.0.0.1/ http://0x7f.1/ http://0177.0.0.1/ http://0177.1/ http://127.0x0.0.01/
http://3232235777/ http://0xc0a80101/ http://2852039166/ http://0xa9fea9fe/ http://0251.0376.0251.0376/
http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.254/ http://192.168.0.1/
http://192.168.255.254/ http://169.254.169.254/latest/meta-data/ http://169.254.0.1/ http://100.64.0.1/
http://100.100.100.200/ http://192.0.0.1/ http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.1/
http://203.0.113.1/ http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/
http://192.88.99.1/ http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/ http://[::ffff:10.0.0.1]/ http://[::ffff:169.254.169.254]/ http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::7f00:1]/ http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::]/ http://[2001:0:7f00:1::]/ http://[2001:db8::1]/ http://[fe80::1]/ http://[fe80::1%25eth0]/
http://[fe80::1%25lo]/ http://[fec0::1]/ http://[fc00::1]/ http://[fd00:ec2::254]/ http://[ff02::1]/ http://[100::1]/
http://[3fff::1]/ http://[4000::1]/ https://127.0.0.1/ https://[::1]/ http://127。0。0。1/ http://127.0.0.1./
http://%31%32%37.0.0.1/ http://public.example@127.0.0.1/ http://public.example:80@127.0.0.1/
http://127.0.0.1:22/ http://public.example:25/ http://public.example:0/ http://public.example:65536/
file:///etc/passwd file://localhost/etc/passwd gopher://127.0.0.1:6379/_INFO dict://127.0.0.1:11211/stats
ftp://public.example/x ldap://127.0.0.1/ jar:http://127.0.0.1!/ data:text/html,x javascript:alert(1) ws://127.0.0.1/
http:///etc/passwd http://./ http:// // http:127.0.0.1 public.example/page unix:///var/run/docker.sock
""".split()


def public_or_system(host: str, port: int) -> Sequence[str]:
    """Names are not asked of anybody; what writes out an IP address is left to the system."""
    if host == "public.example":
        return ["93.184.216.34"]
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def test_there_are_enough_of_them() -> None:
    assert len(set(FORBIDDEN)) >= 60


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_that_is_not_public_is_refused_and_nothing_connects(address: str) -> None:
    connections.clear()
    with pytest.raises(RefusedAddress):
        Fetcher(FetchRules(seconds=5), resolver=public_or_system).fetch(address)
    assert connections == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::1"],
        ["::ffff:192.168.1.1"],
        ["64:ff9b::7f00:1"],
        ["93.184.216.34", "127.0.0.1"],
        ["127.0.0.1", "93.184.216.34"],
        ["2606:2800:220:1::1", "fe80::1"],
        ["fe80::1%eth0"],
        ["not an address"],
        [],
    ],
    ids=str,
)
def test_a_name_that_leads_to_a_private_address_is_refused(addresses: list[str]) -> None:
    connections.clear()
    with pytest.raises(RefusedAddress, match="`rebound.example` is on a private network"):
        Fetcher(resolver=Names(rebound_example=addresses)).fetch("http://rebound.example/")
    assert connections == []


def test_a_name_is_asked_once_and_the_connection_goes_to_what_was_checked(site: Site) -> None:
    class Rebinding(Names):
        def __call__(self, host: str, port: int) -> Sequence[str]:
            return super().__call__(host, port) if len(self.asked) == 0 else ["10.0.0.1"]

    names = Rebinding(first_example=["127.0.0.1"])
    only_loopback = ip_address("127.0.0.1").__eq__
    found = fetcher(resolver=names, permit=only_loopback).fetch(f"http://first.example:{site.port}/page")
    assert found.content == PAGE
    assert names.asked == ["first.example"]
    assert site.headers["Host"] == f"first.example:{site.port}"


def test_a_name_is_checked_anew_at_every_redirect(site: Site) -> None:
    names = Names(first_example=["127.0.0.1"], second_example=["10.0.0.1"])
    site.pages["/hop"] = redirect(f"http://second.example:{site.port}/page")
    with pytest.raises(RefusedAddress, match="`second.example` is on a private network"):
        fetcher(resolver=names, permit=ip_address("127.0.0.1").__eq__).fetch(f"http://first.example:{site.port}/hop")
    assert names.asked == ["first.example", "second.example"]


def test_a_name_that_nobody_knows_is_said() -> None:
    with pytest.raises(RefusedAddress, match=r"There is no host `no\.example`\. Check the spelling"):
        Fetcher(resolver=Names()).fetch("http://no.example/")


def test_a_label_that_is_too_long_is_no_host() -> None:
    with pytest.raises(RefusedAddress):
        Fetcher().fetch(f"http://{'a' * 70}.example/")


@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "gopher", "file"])
def test_a_password_in_an_address_is_refused_and_not_repeated(scheme: str) -> None:
    for address in (f"{scheme}://me:secret@public.example/x", f"{scheme}://me:secret@[::1"):
        with pytest.raises(RefusedAddress) as refused:
            Fetcher(FetchRules(offline=True)).fetch(address)
        assert "secret" not in str(refused.value)


# --- hosts that somebody allowed


@pytest.mark.parametrize("host", ["gov.example", "www.gov.example", "WWW.Gov.Example", "gov.example."])
def test_a_host_on_the_list_and_those_under_it_may_be_fetched(site: Site, host: str) -> None:
    def anywhere(name: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    allowed = fetcher(hosts=("gov.example",), resolver=anywhere, permit=lambda _: True)
    assert allowed.fetch(f"http://{host}:{site.port}/page").content == PAGE


@pytest.mark.parametrize("host", ["notgov.example", "gov.example.evil.test", "example", "gov-example.test"])
def test_a_host_that_is_not_on_the_list_is_refused_before_it_is_looked_up(host: str) -> None:
    names = Names()
    with pytest.raises(RefusedAddress, match=r"is not among the hosts allowed.*fetch\.hosts"):
        Fetcher(FetchRules(hosts=("gov.example",)), resolver=names).fetch(f"http://{host}/")
    assert names.asked == []


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "224.0.0.1"]
)
def test_a_named_private_host_still_may_not_be_where_clouds_keep_their_keys(address: str) -> None:
    rules = FetchRules(private_hosts=("intranet.example",))
    with pytest.raises(RefusedAddress, match="is on a private network"):
        Fetcher(rules, resolver=Names(intranet_example=[address])).fetch("http://intranet.example/")


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450:4009::200e"])
def test_public_addresses_are_public(text: str) -> None:
    address = parsed(text)
    assert address is not None
    assert is_public(address)
    assert may_be_named(address)
