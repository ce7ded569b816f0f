"""The command line: one module per command, each importing Prefect only where it runs a flow."""

import importlib
import pkgutil

import click

from flows.orchestration.farewell import end_process
from transforms.failures import BusyError, ConfigurationError, DatelineError

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_QUARANTINED = 3
EXIT_BUSY = 4
EXIT_CONFIGURATION = 5


class CommandFolder(click.Group):
    """Commands by file name: `dateline status` is `command` in flows/cli/status.py, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, sorted."""
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{__name__}.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"flows/cli/{cmd_name}.py: `command` is no click command")
        return command


@click.group(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def cli() -> None:
    """Dateline: wire articles into a PostgreSQL warehouse.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was quarantined, 4 busy elsewhere,
    5 configuration.
    """


def main() -> None:
    """Run the command line. Expected failures end in one sentence and an exit code, never a traceback."""
    try:
        cli()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else EXIT_FAILED
    except DatelineError as error:
        click.echo(f"dateline: {error}", err=True)
        code = _code_of(error)
    end_process(code)


def _code_of(error: DatelineError) -> int:
    if isinstance(error, ConfigurationError):
        return EXIT_CONFIGURATION
    return EXIT_BUSY if isinstance(error, BusyError) else EXIT_FAILED


if __name__ == "__main__":
    main()
