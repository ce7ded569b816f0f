"""No URL, however spelt, and no resolver, however sly, leads inside."""

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.web.addresses import PUBLIC_WEB, AddressPolicy, RefusedAddressError, loopback_policy, read_target
from flows.web.client import WebClient, follow
from flows.web.settings import WebSettings, read_web_settings
from tests.flows.recording_server import Answer, RecordingServer
from transforms.failures import ConfigurationError

# {p} is the port of a listener on loopback that must never see a connection.
HOSTILE = (
    "http://127.0.0.1:{p}/", "http://localhost:{p}/", "http://LOCALHOST:{p}/", "http://localhost.:{p}/",
    "http://127.1:{p}/", "http://127.0.1:{p}/", "http://2130706433:{p}/", "http://0x7f000001:{p}/",
    "http://0x7f.1:{p}/", "http://0x7f.0x0.0x0.0x1:{p}/", "http://0177.0.0.1:{p}/", "http://017700000001:{p}/",
    "http://0:{p}/", "http://0.0.0.0:{p}/", "http://127.0.0.1.:{p}/", "http://127.000.000.001:{p}/",
    "http://127.255.255.254:{p}/", "http://[::1]:{p}/", "http://[::]:{p}/", "http://[0:0:0:0:0:0:0:1]:{p}/",
    "http://[::ffff:127.0.0.1]:{p}/", "http://[::ffff:7f00:1]:{p}/", "http://[::127.0.0.1]:{p}/",
    "http://[::ffff:0:127.0.0.1]:{p}/", "http://[64:ff9b::127.0.0.1]:{p}/", "http://[64:ff9b:1::7f00:1]:{p}/",
    "http://[2002:7f00:1::]:{p}/", "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{p}/",
    "http://[2a00::5efe:7f00:1]:{p}/", "http://[fe80::1%25lo]:{p}/", "http://[fe80::1%lo]:{p}/",
    "http://[fd00::1]:{p}/", "http://[fec0::1]:{p}/", "http://[::1%25]:{p}/",
    "http://10.0.0.1:{p}/", "http://172.16.0.1:{p}/", "http://192.168.1.1:{p}/", "http://169.254.169.254/latest/",
    "http://100.64.0.1/", "http://100.100.100.200/", "http://168.63.129.16/", "http://192.0.0.192/",
    "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/",
    "http://user@127.0.0.1:{p}/", "http://alder.example@127.0.0.1:{p}/", "http://127.0.0.1:{p}@alder.example/",
    "http://alder.example:80@127.0.0.1:{p}/", "http://alder.example#@127.0.0.1:{p}/",
    "http://alder.example\\@127.0.0.1:{p}/", "http://127.0.0.1:{p}\\@alder.example/",
    "http://127.0.0.1%2f.alder.example:{p}/", "http://%31%32%37.0.0.1:{p}/", "http://127。0。0。1:{p}/",
    "http://１２７.０.０.１:{p}/", "http://①②⑦.⓪.⓪.①:{p}/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/",
    "http://127.0.0.1:{p}:80/", "http:127.0.0.1:{p}/", "http:///127.0.0.1:{p}/", "http:////127.0.0.1:{p}/",
    "//127.0.0.1:{p}/", "http://127.0.0.1\t:{p}/", "http://127.0.0.1\r\nX: y:{p}/", " http://127.0.0.1:{p}/",
    "http://alder.example:22/", "http://alder.example:{p}/", "http://alder.example:0/", "http://alder.example:65536/",
    "file:///etc/passwd", "ftp://127.0.0.1:{p}/", "gopher://127.0.0.1:{p}/_x", "dict://127.0.0.1:{p}/",
    "javascript:alert(1)", "data:text/html,x", "http+unix://%2fvar%2frun%2fdocker.sock/x", "jar:http://127.0.0.1!/",
    "http://", "http://.", "http://..", "", "http://[", "http://[::1", "http://a" + "b" * 64 + ".example/",
    "http://alder.example/" + "x" * 8192, "https://127.0.0.1:{p}/", "HTTP://127.0.0.1:{p}/",
)
TRICKY_NAMES = {  # a public name whose address record points inside, in every way that DNS can say it
    "four.example": ("127.0.0.1",), "six.example": ("::1",), "mapped.example": ("::ffff:127.0.0.1",),
    "translated.example": ("64:ff9b::7f00:1",), "mixed.example": ("93.184.216.34", "127.0.0.1"),
    "scoped.example": ("fe80::1%1",), "zero.example": ("0.0.0.0",), "cloud.example": ("169.254.169.254",),
    "rubbish.example": ("not an address",),
}


def strict_client(server: RecordingServer) -> WebClient:
    """Production's address policy, but with every port open: only addresses protect."""
    def resolve(host: str, port: int) -> tuple[str, ...]:
        return TRICKY_NAMES.get(host, ("127.0.0.1",))

    return WebClient(WebSettings(contact="a@b.example", policy=AddressPolicy(ports=None), resolver=resolve))


def test_there_are_enough_hostile_spellings() -> None:
    assert len(HOSTILE) >= 40


def test_no_hostile_url_reaches_the_inside(server: RecordingServer) -> None:
    client = strict_client(server)
    for spelling in HOSTILE:
        exchange = client.ask(spelling.replace("{p}", str(server.port)))
        assert exchange.outcome == "refused_address", spelling
    for name in TRICKY_NAMES:
        assert client.ask(f"http://{name}:{server.port}/").outcome == "refused_address", name
    assert server.connections == 0


def test_no_redirect_leads_inside(server: RecordingServer) -> None:
    """The server stands for a public one, so the client may reach it on its first hop and no later."""
    inner = RecordingServer()
    inner.start()
    outer_client = WebClient(WebSettings(contact="a@b.example", policy=loopback_policy("test"),
                                         resolver=server.resolve))
    inner_client = strict_client(server)
    try:
        redirected = 0
        for spelling in HOSTILE:
            location = spelling.replace("{p}", str(inner.port)).replace("\r\n", "").encode().decode("latin-1")
            first, *rest = follow(
                lambda url: (outer_client if url == server.url("outer.test") else inner_client).ask(url),
                server.put("outer.test", "/", Answer(status=302, headers={"Location": location})))
            redirected += len(rest)
            assert first.outcome in ("redirect", "protocol_error"), spelling
            assert not rest or rest[-1].outcome in ("refused_address", "too_many_redirects"), spelling
        assert redirected >= 40
        assert inner.connections == 0
    finally:
        inner.stop()


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(server: RecordingServer) -> None:
    """Rebinding: the first answer may be reached (and nobody listens there), every later one is inside."""
    answers = iter([("127.0.0.9",), *[("127.0.0.1",)] * 10])
    policy = AddressPolicy(open_networks=(IPv4Network("127.0.0.9/32"),), ports=None)
    client = WebClient(WebSettings(contact="a@b.example", policy=policy, resolver=lambda host, port: next(answers)))
    outcomes = [client.ask(f"http://rebinder.example:{server.port}/").outcome for _ in range(3)]
    assert outcomes == ["connection_failure", "refused_address", "refused_address"]
    assert server.connections == 0
    assert len(list(answers)) == 8, "one look-up a connection: the answer that is checked is the one that is used"


@pytest.mark.parametrize(("url", "target"), [
    ("http://Alder.Example", "http://alder.example/"),
    ("https://alder.example.:443/a?b#c", "https://alder.example/a?b"),
    ("http://9.9.9.9/x", "http://9.9.9.9/x"),
    ("http://[2620:fe::fe]/x", "http://[2620:fe::fe]/x"),
    ("https://öl.example/ä", "https://xn--l-0ga.example/%C3%A4"),
    ("https://1-1.example/", "https://1-1.example/"),
])
def test_usual_urls_pass(url: str, target: str) -> None:
    assert read_target(url).url == target


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_a_refusal(text: str) -> None:
    for url in (text, "http://" + text):
        try:
            target = read_target(url)
        except RefusedAddressError:
            continue
        assert target.url.isascii()
        assert target.port in (80, 443)


@given(st.ip_addresses(v=4, network="127.0.0.0/8") | st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_an_inner_address_is_refused_in_every_wrapping(address: object) -> None:
    plain = str(address)
    for wrapped in (plain, f"::ffff:{plain}", f"::{plain}", f"64:ff9b::{plain}", f"::ffff:0:{plain}"):
        assert PUBLIC_WEB.refusal(wrapped) is not None


def test_production_never_opens_loopback() -> None:
    with pytest.raises(ConfigurationError):
        loopback_policy("production")
    with pytest.raises(ConfigurationError):
        read_web_settings({"DATELINE_CONTACT": "a@b.example", "DATELINE_OPEN_LOOPBACK": "1"})
    opened = read_web_settings({"DATELINE_CONTACT": "a@b.example", "DATELINE_OPEN_LOOPBACK": "1",
                                "DATELINE_ENVIRONMENT": "test"})
    assert opened.policy.ports is None
    with pytest.raises(ConfigurationError, match="DATELINE_CONTACT"):
        read_web_settings({})
