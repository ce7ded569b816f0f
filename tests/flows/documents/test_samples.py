"""The sample dispatches: what a first run shows."""

from hashlib import sha256
from pathlib import Path

import pytest

from flows.documents.samples import Samples
from transforms.failures import ConfigurationError


def test_the_dispatch_from_which_the_project_was_made_is_kept_byte_for_byte() -> None:
    contents = {document.filename: document.content for document in Samples().documents()}
    digest = sha256(contents["kazinform-2022-05-11-ankara.txt"]).hexdigest()
    assert digest == "8ef9368f8bdc6a7209368895a82b3e6ad4e14f5a12ca7d919ad48a3f0826cd3e"


def test_every_dispatch_has_a_publisher_and_a_time_that_does_not_depend_on_the_machine() -> None:
    samples = Samples()
    documents = list(samples.documents())
    assert len(documents) == len(samples) >= 13
    assert all(document.publisher_code in samples.publishers for document in documents)
    times = [document.fetched_at for document in documents]
    assert times == sorted(times, key=lambda time: time.timestamp() if time else 0)


def test_a_missing_folder_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read.*Restore"):
        Samples(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("index", "problem"),
    [
        ("publishers = [", "no valid TOML"),
        ("publishers = []\ndispatches = []\ncolour = 1", "colour"),
        (
            'publishers = []\n[[dispatches]]\npath = "a.txt"\npublisher = "b"\nfetched_at = 2024-01-01T00:00:00Z',
            "no .*publishers.* table for b",
        ),
    ],
)
def test_a_broken_index_names_its_problem(tmp_path: Path, index: str, problem: str) -> None:
    (tmp_path / "index.toml").write_text(index)
    with pytest.raises(ConfigurationError, match=problem):
        Samples(tmp_path)
