"""The embedded PostgreSQL: programs from a wheel, data in a folder of their own, a server shared by processes.

Every process that uses the server holds a shared lock (`flock`, which the kernel frees however the process
ends). The last one out stops the server; where the last one was killed, the keeper, a small process beside
the server, finds the lock free and stops it.
"""

from warehouse.embedded.server import EmbeddedServer, embedded_server

__all__ = ["EmbeddedServer", "embedded_server"]
