"""What an address answers, asked of a server of this machine, and whom nobody may have us ask."""

import socket
import time

import pytest

from films.checking.asking import AT_ONCE, Manner, ask, ask_all
from films.checking.network import is_private

LOCAL = Manner(allow_private=True, timeout=0.2, pause=0)


@pytest.mark.parametrize(
    ("path", "reason", "status"),
    [
        ("200/", "fine", 200),
        ("204/", "fine", 204),
        ("head/404/", "fine", 200),
        ("head/405/", "fine", 200),
        ("head/500/", "fine", 200),
        ("302/200/", "fine", 200),
        ("301/200/", "moved", 200),
        ("308/301/200/", "moved", 200),
        ("301/302/200/", "fine", 200),
        ("301/404/", "gone", 404),
        ("401/", "unwilling", 401),
        ("403/", "unwilling", 403),
        ("429/", "unwilling", 429),
        ("404/", "gone", 404),
        ("410/", "gone", 410),
        ("500/", "faulty", 500),
        ("503/", "faulty", 503),
        ("302/302/302/302/302/200/", "fine", 200),
        ("302/302/302/302/302/302/200/", "circle", None),
        ("302/file:///etc/passwd", "invalid", None),
        ("302/https://user:word@127.0.0.1/", "invalid", None),
        ("slow/", "timeout", None),
        ("drip/", "fine", 200),
        ("loop/", "circle", None),
        ("nonsense/", "no_connection", None),
        ("endless/", "fine", 200),
    ],
)
def test_an_answer_in_one_word(net, path, reason, status):
    began = time.monotonic()
    reply = ask(net(path), LOCAL)
    assert (reply.reason, reply.status) == (reason, status)
    assert time.monotonic() - began < 3


def test_a_new_address_is_told_when_it_is_for_good(net):
    assert ask(net("301/200/new"), LOCAL).location == net("200/new")
    assert ask(net("302/200/new"), LOCAL).location == ""


def test_an_address_is_asked_gently_and_without_its_fragment(net):
    ask(f"{net.origin}/200/片 名?q=鹿&x=1#part", LOCAL)
    assert net.asked == [("HEAD", "/200/%E7%89%87%20%E5%90%8D?q=%E9%B9%BF&x=1")]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/", "invalid"),
        ("mailto:a@example.org", "invalid"),
        ("javascript:alert(1)", "invalid"),
        ("https://", "invalid"),
        ("http://[::1", "invalid"),
        ("http://127.0.0.1:99999/", "invalid"),
        ("http://name.invalid/", "no_host"),
        (f"http://{'a' * 70}.example/", "no_host"),
    ],
)
def test_what_is_no_address_of_the_net(address, reason):
    assert ask(address, LOCAL).reason == reason


def test_nobody_there(net):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert ask(f"http://127.0.0.1:{free.getsockname()[1]}/", LOCAL).reason == "no_connection"
    assert ask(net("200/").replace("http:", "https:"), LOCAL).reason == "certificate"


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_machines_that_strangers_must_not_have_us_ask(address):
    assert is_private(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_machines_of_the_open_net(address):
    assert not is_private(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_unless_told_to(net, host):
    port = net.origin.rpartition(":")[2]
    assert ask(f"http://{host}:{port}/200/", Manner(timeout=0.4)).reason == "private"
    assert net.asked == []


def test_no_more_than_a_few_machines_at_once_and_each_one_by_one(net):
    addresses = [net(f"200/{number}") for number in range(6)]
    began = time.monotonic()
    replies = dict(ask_all(addresses, Manner(allow_private=True, pause=0.02)))
    assert set(replies) == set(addresses)
    assert [path for _method, path in net.asked] == [f"/200/{number}" for number in range(6)]
    assert time.monotonic() - began > 5 * 0.02
    assert AT_ONCE < 10
