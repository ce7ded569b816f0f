"""Certificates are verified against the name in the URL, and the deadline holds under TLS too."""

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from flows.web.addresses import loopback_policy
from flows.web.client import WebClient
from flows.web.settings import Limits, WebSettings


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for alder.test that vouches for itself, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "alder.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("alder.test")]), critical=False).sign(key, hashes.SHA256()))
    file = tmp_path / "alder.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return file


@pytest.fixture
def port(authority: Path) -> Iterator[int]:
    """A TLS server that says ten bytes to whoever shakes hands; for a minute, one every tenth of a second, at /drip."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    listener = create_server(("127.0.0.1", 0))

    def talk() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    is_drip = b"/drip" in connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (600 if is_drip else 10))
                    for _ in range(600 if is_drip else 10):
                        connection.sendall(b"x")
                        time.sleep(0.1 if is_drip else 0)
            except OSError:
                continue

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    listener.close()


def client(authority: Path | None) -> WebClient:
    return WebClient(WebSettings(contact="a@b.example", policy=loopback_policy("test"), resolver=lambda host, port: ("127.0.0.1",),
                                 authority_file=str(authority) if authority else None))


def test_a_known_authority_and_the_right_name_are_let_in(port: int, authority: Path) -> None:
    assert client(authority).ask(f"https://alder.test:{port}/").content == b"x" * 10


def test_an_unknown_authority_and_a_wrong_name_are_not(port: int, authority: Path) -> None:
    for asking, host in ((client(None), "alder.test"), (client(authority), "birch.test")):
        exchange = asking.ask(f"https://{host}:{port}/")
        assert exchange.outcome == "tls_failure"
        assert "certificate" in (exchange.detail or "").lower()


def test_a_drip_under_tls_is_left_at_the_deadline(port: int, authority: Path) -> None:
    began = time.monotonic()
    assert client(authority).ask(f"https://alder.test:{port}/drip", limits=Limits(seconds=1.0)).outcome == "timeout"
    assert time.monotonic() - began < 30
