"""What can go wrong with a ledger: a mistake that can be repaired, and a record that was changed."""

from __future__ import annotations

from arusha.errors import ArushaError


class LedgerError(ArushaError):
    """The ledger, a key or a checkpoint cannot be used as it is; nothing was written."""


class ChangedError(ArushaError):
    """What is shown contradicts what was signed or stored before."""

    exit_code = 3
