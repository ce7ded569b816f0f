"""The event ontology is read strictly: what is wrong is named with file, line and frame, before any run."""

import shutil
from pathlib import Path

import pytest

from flows.reference.ontology import REFERENCE, load_ontology
from transforms.failures import ConfigurationError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in REFERENCE.glob("*.csv"):
        shutil.copy(path, tmp_path)
    shutil.copy(REFERENCE / "event_lexicon.toml", tmp_path)
    shutil.copytree(REFERENCE / "frames", tmp_path / "frames")
    return tmp_path


def test_the_shipped_ontology_is_whole() -> None:
    ontology = load_ontology()
    assert len(ontology.types) == 16
    assert len(ontology.mode_scores) == 67
    assert len(ontology.contexts) == 37
    assert len(ontology.cameo) == 312
    assert ontology.types["ACCUSE"].score == -3
    assert ontology.cameo["195"].modes == ("aerial",)
    assert {frame.event_type for frame in ontology.frames.values()} == set(ontology.types)


def test_every_mapped_mode_and_context_is_defined() -> None:
    ontology = load_ontology()
    for code in ontology.cameo.values():
        assert all((code.event_type, mode) in ontology.mode_scores for mode in code.modes)
        assert set(code.contexts) <= ontology.contexts


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('verbs = ["hail NOBODY"]', r"broken\.toml:4: frame 'greet'.*unknown word class NOBODY"),
        ('verbs = ["hail a|", "greet"]', r"broken\.toml:4: frame 'greet'.*empty alternative"),
        ('verbs = ["hail a b"]', r"broken\.toml:4: frame 'greet'.*two lists of objects"),
        ('verbs = ["+to"]', r"broken\.toml:4: frame 'greet'.*begin with a lemma"),
        ("verbs = []", r"broken\.toml:1: frame 'greet'.*no verbs"),
        ('verb = ["hail"]', r"broken\.toml:1: frame 'greet'.*unknown key 'verb'"),
        ('verbs = ["hail"]\ntype = "GREET"', r"broken\.toml:1: frame 'greet'.*no PLOVER type"),
        ('verbs = ["hail"]\nmode = "loud"', r"broken\.toml:1: frame 'greet'.*no mode 'loud'"),
        ('verbs = ["hail"]\nchain = "nod"', r"broken\.toml:1: frame 'greet'.*chain 'nod'"),
        ('verbs = ["hail"]\nrecipient = ["there"]', r"broken\.toml:1: frame 'greet'.*'there'"),
        (
            'verbs = ["hail +down=plane=jet"]',
            r"broken\.toml:4: frame 'greet'.*'plane=jet' where a word should be",
        ),
        ('verbs = "hail"', r"broken\.toml:1: frame 'greet'.*verbs is 'hail'; it takes a list of strings"),
        ("verbs = [1]", r"broken\.toml:1: frame 'greet'.*it takes a list of strings"),
        ('verbs = ["hail"]\nacting = "two"', r"broken\.toml:1: frame 'greet'.*it takes a number"),
        ('verbs = ["hail"\nmode = "x"', r"broken\.toml:5: frame 'greet': Unclosed array"),
    ],
)
def test_a_faulty_frame_is_named(folder: Path, line: str, complaint: str) -> None:
    (folder / "frames" / "broken.toml").write_text(f'[[frame]]\nname = "greet"\ncameo = "051"\n{line}\n')
    with pytest.raises(ConfigurationError, match=complaint):
        load_ontology(folder)


def test_a_code_of_the_other_edition_is_refused(folder: Path) -> None:
    (folder / "frames" / "broken.toml").write_text(
        '[[frame]]\nname = "greet"\ncameo = "0357"\nverbs = ["hail"]\n'
    )
    with pytest.raises(ConfigurationError, match="CAMEO code of the ICEWS edition"):
        load_ontology(folder)


def test_a_name_stands_for_one_frame(folder: Path) -> None:
    (folder / "frames" / "zz.toml").write_text(
        '[[frame]]\nname = "praise"\ncameo = "051"\nverbs = ["hail"]\n'
    )
    with pytest.raises(ConfigurationError, match=r"'praise' is already defined at .*support\.toml"):
        load_ontology(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "plover_types.csv").unlink()
    with pytest.raises(ConfigurationError, match=r"plover_types\.csv"):
        load_ontology(folder)
