"""A TCP proxy before a PostgreSQL's Unix socket, which cuts every connection through it when told to."""

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

# Closing sends a reset in place of a farewell: what a firewall does that has forgotten a connection.
RESET = struct.pack("ii", 1, 0)


class CuttingProxy:
    """Listens on loopback at `port`; each connection is carried by a thread of its own."""

    def __init__(self, target: Path) -> None:
        self._target = str(target)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._clients: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Reset every connection; how many there were."""
        with self._lock:
            clients, self._clients = self._clients, set()
            for client in clients:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                # Wakes the thread that reads from it, which closes it then.
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RD)
        return len(clients)

    def close(self) -> None:
        """Take no more connections, and cut those that are left."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            with contextlib.suppress(OSError):
                server.connect(self._target)
                with self._lock:
                    self._clients.add(client)
                self._exchange(client, server)
            with self._lock:
                self._clients.discard(client)

    def _exchange(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        while True:
            for ready in select.select(list(other), [], [])[0]:
                received = ready.recv(65536)
                if not received:
                    return
                other[ready].sendall(received)


@contextlib.contextmanager
def cutting_proxy(target: Path) -> Iterator[CuttingProxy]:
    """A proxy that carries while the block runs."""
    proxy = CuttingProxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
