"""What a respondent reads before a sensitive question, in plain words and in every language."""

from __future__ import annotations

from typing import Literal

from arusha.errors import SurveyError
from arusha.language import Catalogue
from arusha.surveys.disclosure.ledger import SMALLEST_GROUP


def respondent_script(
    kind: Literal["list", "forced", "crosswise"],
    language: str,
    *,
    items: int = 0,
    die: tuple[str, str, str] = ("", "", ""),
    smallest: int = SMALLEST_GROUP,
) -> tuple[str, ...]:
    """Sentences that say what to do, why nobody can tell, and what is promised.

    Parameters
    ----------
    kind
        The design. Others have no script yet.
    items
        How many statements this respondent sees; for ``list``.
    die
        What the die shows for the truth, for yes and for no, such as ``("1-4", "5", "6")``; for ``forced``.
    smallest
        Smallest group shown, at least 10.

    Raises
    ------
    SurveyError
        For a design without a script, or where what it needs is not given.
    """
    if kind not in ("list", "forced", "crosswise"):
        raise SurveyError(f"there is no script for {kind!r}.", remedy="choose list, forced or crosswise.")
    if (kind == "list" and items < 2) or (kind == "forced" and not all(die)) or smallest < SMALLEST_GROUP:
        raise SurveyError(
            "a script that lacks its numbers.", where="script", remedy="give items, die, and at least 10."
        )
    said = Catalogue(language)
    needs: dict[str, object] = {}
    if kind == "list":
        needs["items"] = items
    elif kind == "forced":
        needs |= zip(("truth", "yes", "no"), die, strict=True)
    return (
        said.text(f"script-{kind}-ask", **needs),
        said.text(f"script-{kind}-why"),
        said.text("script-promise", smallest=smallest),
    )
