"""The reference tables of the product, without a model: what rules alone answer."""

import pytest

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.reference import AnnotationReference


@pytest.fixture(scope="session")
def rules() -> AnnotationReference:
    return load_annotation_reference(use_model=False)


@pytest.fixture(scope="session")
def full() -> AnnotationReference:
    return load_annotation_reference()
