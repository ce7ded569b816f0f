"""How sure a coded event is: a logistic model over a few readable features.

The weights come from `seeds/reference/event_weights.csv` (learned by tests/bench/calibrate_events.py), one column for
texts and one for single sentences, which are mostly quoted because they tell of an event; PRIOR is what holds without them.
A third column says how sure it is that the recipient is the right one.
"""

import math
from collections.abc import Mapping

PRIOR: Mapping[str, float] = {
    "bias": -0.6,
    "specificity": 0.12,
    "near": 0.05,
    "has_actor": 0.5,
    "acting_actor": 0.5,
    "has_recipient": 0.3,
    "acting_recipient": 0.5,
    "has_light_verb": 0.3,
    "depth": -0.35,
    "is_root": 0.8,
    "is_spoken": 0.5,
    "is_negated": -0.9,
    "is_hypothetical": -0.6,
    "is_purpose": -0.7,
    "is_amod": -1.0,
    "is_relcl": -0.5,
    "is_embedded": -0.3,
    "is_passive_alone": -0.2,
    "position": -0.4,
    "is_generic": -0.5,
}


def sureness(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Probability in (0, 1) that what the weights were learned for is right, rounded to three digits."""
    used = weights or PRIOR
    total = sum([used.get(name, 0.0) * value for name, value in features.items() if value])
    total += used.get("bias", 0.0)
    return round((1 + math.tanh(total / 2)) / 2, 3)
