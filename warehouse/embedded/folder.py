"""Where the embedded server keeps its data, its socket and its locks."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from transforms.failures import ConfigurationError
from warehouse.embedded.programs import MAJOR_VERSION, Account, run_as

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_LIMIT = 103
SOCKET_NAME = ".s.PGSQL.5432"


def state_folder() -> Path:
    """Dateline's own folder: DATELINE_HOME, else a system folder for root, else under the XDG data home."""
    chosen = os.environ.get("DATELINE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/dateline")
    data_home = os.environ.get("XDG_DATA_HOME", "")
    # The specification has relative paths ignored.
    return (Path(data_home) if Path(data_home).is_absolute() else Path.home() / ".local" / "share") / "dateline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The paths of one embedded server under `home`."""

    home: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder, named by its major version."""
        return self.home / f"postgresql-{MAJOR_VERSION}"

    @property
    def log(self) -> Path:
        """What the server wrote since its last start."""
        return self.data / "server.log"

    @property
    def mutex(self) -> Path:
        """Locked exclusively while the server is being started or stopped."""
        return self.home / "embedded.mutex"

    @property
    def users(self) -> Path:
        """Locked in shared mode by every process that uses the server."""
        return self.home / "embedded.users"

    @property
    def watched(self) -> Path:
        """Locked in shared mode by the same processes, for the keeper to wait at: its wait is nobody's use."""
        return self.home / "embedded.watched"

    @property
    def kept(self) -> Path:
        """Exists while `dateline db start` asks for the server to stay up without users."""
        return self.home / "embedded.kept"

    @property
    def socket(self) -> Path:
        """Folder of the Unix socket: under `home`, or a short one of the same name elsewhere."""
        near = self.home / "socket"
        if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return near
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"dateline-{name}"

    def prepare(self, account: Account | None) -> None:
        """Create `home` and the folder of the socket. Raises ConfigurationError where that cannot be."""
        try:
            # Others may pass through to what they own, as the server's account must, but see nothing.
            self.home.mkdir(parents=True, exist_ok=True, mode=0o711 if account else 0o700)
        except OSError as error:
            raise ConfigurationError(f"Cannot create {self.home}: {error.strerror}; set DATELINE_HOME.") from None
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise ConfigurationError(f"Cannot write to {self.home}: set DATELINE_HOME to a folder of your own.")
        if account and run_as(account, ("test", "-x", str(self.home)), 30).returncode != 0:
            raise ConfigurationError(
                f"PostgreSQL does not run as root, and the account {account.name} cannot enter {self.home}:"
                " set DATELINE_HOME to a folder that others can pass through, such as /var/lib/dateline."
            )
        own_folder(self.socket, account)


def own_folder(path: Path, account: Account | None) -> None:
    """Make `path` a folder of the server's account, closed to all others. A foreign one is refused.

    One of this process's own is handed over too: between its making and its handing over by another
    command that starts at the same moment, that is how a folder looks.
    """
    owner = account.user_id if account else os.geteuid()
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
            raise ConfigurationError(f"{path} belongs to someone else: remove it or set DATELINE_HOME.") from None
        path.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(f"Cannot create {path}: {error.strerror}; set DATELINE_HOME.") from None
    if account:
        os.chown(path, account.user_id, account.group_id, follow_symlinks=False)
