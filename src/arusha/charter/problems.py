"""What can go wrong with a charter: a mistake in what was given, and an act that the rules refuse."""

from __future__ import annotations

from dataclasses import dataclass

from arusha.errors import ArushaError


class CharterError(ArushaError):
    """The charter cannot be used as it is; nothing was recorded."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or not allowed. ``code`` is for programs, ``text`` for people."""

    code: str
    text: str


class RefusedError(CharterError):
    """The rules refuse an act. ``missing`` names each thing that stands in the way; the refusal is recorded."""

    def __init__(self, act: str, missing: tuple[Missing, ...], *, where: str = "") -> None:
        self.act = act
        self.missing = missing
        listed = "; ".join(f"{m.code}: {m.text}" for m in missing)
        super().__init__(
            f"{act} is refused ({listed})", where=where, remedy="see to each of these, then do it again; it was logged"
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what is missing."""
        return tuple(m.code for m in self.missing)
