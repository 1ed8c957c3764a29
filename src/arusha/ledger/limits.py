"""What a ledger cannot prove; printed beside every result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A limit: a code, so that it can be said in other languages, and its English sentence."""

    code: str
    text: str


CANNOT_PROVE = (
    Limit("truth", "That an entry is true: a false entry is kept as faithfully as a true one."),
    Limit("left-out", "That nothing was left out: what was never recorded leaves no trace."),
    Limit(
        "before-first-checkpoint",
        "What happened to entries before somebody else held a checkpoint of them: until then they could be replaced.",
    ),
    Limit(
        "time", "When an entry was made: times are the machine's. A witness or a time stamp says only: not later than."
    ),
    Limit("who", "Who pressed the key: the ledger holds the pseudonym that the program was told."),
    Limit(
        "agreement",
        "That all are shown the same ledger, unless those who hold checkpoints compare them with each other.",
    ),
)
