"""Ledgers of both stores, filled with events of invented pseudonyms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arusha.ledger import Event, FolderContents, Ledger, Signer
from arusha.ledger.note import LOG, WITNESS

ORIGIN = "customs.example/ledger"
ACTOR = "P-7Q3K-M2XA-9TBC"
SIGNER = Signer.from_seed(ORIGIN, LOG, bytes(range(32)))
UNION = Signer.from_seed("union.example/witness", WITNESS, bytes(range(1, 33)))
AUDITOR = Signer.from_seed("audit.example/witness", WITNESS, bytes(range(2, 34)))

NAMES = {"folder": "ledger", "sqlite": "ledger.db"}


@pytest.fixture(params=sorted(NAMES))
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of store."""
    return str(request.param)


@pytest.fixture
def make(kind: str, tmp_path: Path) -> Callable[[int], Ledger]:
    """Makes a ledger with so many entries, each with content."""

    def maker(count: int) -> Ledger:
        ledger = Ledger.create(tmp_path / NAMES[kind], ORIGIN, FolderContents(tmp_path / "contents"))
        ledger.record(*[event(number) for number in range(count)])
        return ledger

    return maker


@pytest.fixture
def make_plain(kind: str, tmp_path: Path) -> Callable[[int], Ledger]:
    """Makes a ledger with so many entries without content."""

    def maker(count: int) -> Ledger:
        ledger = Ledger.create(tmp_path / NAMES[kind], ORIGIN)
        ledger.record(*[plain(number) for number in range(count)])
        return ledger

    return maker


def plain(number: int) -> Event:
    """An event without content that differs from the others."""
    return Event("charter.go-live", ACTOR, (f"question:lane-rates-{number}",))


def event(number: int) -> Event:
    """An event that differs from the others."""
    return Event("charter.go-live", ACTOR, (f"question:lane-rates-{number}",), {"reason": f"agreed {number}"})
