"""`python -m flows.training CORPORA`: train the name tagger anew (needs `pip install dateline[train]`)."""

from pathlib import Path

import click

from flows.training.names import train


@click.command(epilog="Example: python -m flows.training ~/corpora")
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=Path("seeds/models/names-en.npz"), show_default=True)
def command(corpora: Path, output: Path) -> None:
    """Train on the checkouts under CORPORA that seeds/models/README.md names."""
    kept = train(corpora, output)
    click.echo(f"{output}: {kept:,} features, {output.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    command()
