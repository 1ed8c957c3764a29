"""Answers as numbers, and what is wrong with them, said before anything is estimated.

Nothing is dropped or repaired silently: whoever passes answers in decides what becomes of a row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import SurveyError, Told
from arusha.language.told import english, sentence
from arusha.language.told import error as of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_SHOWN = 5


def rows_of(wrong: NDArray[np.bool_]) -> str:
    """Where the first few wrong rows are, counted from 1, as a reader counts them."""
    return rows_told((np.flatnonzero(wrong) + 1).tolist()).problem(english())


def rows_told(rows: Sequence[int]) -> Told:
    """The first few of some rows, as a part of a sentence of the catalogues."""
    if len(rows) == 1:
        return sentence("row-one", row=rows[0])
    first = ", ".join(str(row) for row in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        return sentence("rows-more", rows=first, n=len(rows) - _SHOWN)
    return sentence("rows-some", rows=first)


def numbers(values: ArrayLike, what: str, size: int | None = None) -> FloatArray:
    """``values`` as a vector of finite numbers, of length ``size`` where one is given.

    Raises
    ------
    SurveyError
        Where they are not numbers, not a vector, of another length, or missing.
    """
    try:
        found = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise SurveyError(
            f"{what} are not numbers ({error}).",
            where=what,
            remedy="turn codes into numbers with arusha.surveys.coded.",
        ) from None
    if found.ndim != 1:
        raise SurveyError(f"{what} must be one column, not of shape {found.shape}.", where=what)
    if size is not None and found.size != size:
        raise SurveyError(
            f"{found.size} {what} for {size} respondents.", where=what, remedy="give one to a respondent."
        )
    wrong = ~np.isfinite(found)
    if wrong.any():
        raise SurveyError(
            f"{int(wrong.sum())} of {found.size} {what} are missing or not finite ({rows_of(wrong)}).",
            where=what,
            remedy="leave those respondents out of every column, and report how many they are.",
        )
    return found


def list_answers(values: ArrayLike, treated: BoolArray | None, items: int, size: int | None = None) -> IntArray:
    """Counts of a list experiment: whole, from 0 to ``items`` for the short list, to ``items + 1`` for the long one."""
    if items < 1:
        raise SurveyError(
            f"a list of {items} innocuous items.", where="items", remedy="give the length of the short list."
        )
    found = numbers(values, "list answers", size)
    longest = np.full(found.size, items + 1) if treated is None else items + treated
    wrong = (found < 0) | (found > longest) | (found != np.floor(found))
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise SurveyError(
            f"{int(wrong.sum())} list answers are not a count from 0 to the length of their list ({rows_of(wrong)}); "
            f"the first is {found[first]:g} for a list of {int(longest[first])}.",
            where="list answers",
            remedy="check which list each respondent saw and that don't-know codes such as 9 or 99 are left out.",
        )
    return found.astype(np.int64)


def yes_no(values: ArrayLike, what: str, size: int | None = None) -> BoolArray:
    """Answers or arms of which each is 0 or 1."""
    found = numbers(values, what, size)
    wrong = (found != 0) & (found != 1)
    if wrong.any():
        first = found[np.flatnonzero(wrong)[0]]
        raise SurveyError(
            f"{int(wrong.sum())} {what} are neither 0 nor 1 ({rows_of(wrong)}); the first is {first:g}.",
            where=what,
            remedy="turn codes into 0 and 1 with arusha.surveys.coded.",
        )
    answered: BoolArray = found == 1
    return answered


def sampling_weights(values: ArrayLike | None, size: int) -> FloatArray:
    """Weights of respondents, all above zero; ones where none are given."""
    if values is None:
        return np.ones(size)
    found = numbers(values, "weights", size)
    wrong = found <= 0
    if wrong.any():
        raise SurveyError(
            f"{int(wrong.sum())} of {size} weights are zero or below ({rows_of(wrong)}).",
            where="weights",
            remedy="leave out who was not sampled, or mark them with a domain: with a weight of zero they would count "
            "as respondents.",
        )
    return found


def design_matrix(values: ArrayLike | None, size: int, what: str = "covariates") -> FloatArray:
    """Covariates, one row to a respondent, constant included; a column of ones where none are given.

    Raises
    ------
    SurveyError
        Where a row is missing, a value is not finite, or a column repeats others.
    """
    if values is None:
        return np.ones((size, 1))
    found = np.asarray(values, np.float64)
    if found.ndim == 1:
        found = found[:, None]
    if found.ndim != 2 or found.shape[0] != size:
        raise SurveyError(
            f"{what} of shape {found.shape} for {size} respondents.", where=what, remedy="give one row each."
        )
    wrong: BoolArray = np.any(~np.isfinite(found), axis=1)
    if wrong.any():
        raise SurveyError(
            f"{int(wrong.sum())} rows of {what} have a missing value ({rows_of(wrong)}).",
            where=what,
            remedy="leave those respondents out of every column, and report how many they are.",
        )
    rank = np.linalg.matrix_rank(found)
    if rank < found.shape[1]:
        raise SurveyError(
            f"only {rank} of the {found.shape[1]} {what} tell respondents apart; the others repeat them.",
            where=what,
            remedy="drop a column, such as one of the dummies beside a constant.",
        )
    return found


@dataclass(frozen=True)
class Coded:
    """Answers as numbers.

    ``values`` hold NaN where ``answered`` is false: the respondent refused, did not know or was not asked. They stay in
    the data, so that non-response can be shown.
    """

    values: FloatArray
    answered: BoolArray


def one_meaning(codes: Collection[object], missing: Collection[object], where: str = "answers") -> None:
    """Refuse a code that stands for an answer and for none: which of the two it is would be ours to say."""
    both = [str(code) for code in codes if code in missing]
    if both:
        raise of(SurveyError, "sv-two-meanings", "sv-two-meanings", where=where, codes=", ".join(both[:_SHOWN]))


def coded(answers: Sequence[object], codes: Mapping[object, float], missing: Collection[object] = ()) -> Coded:
    """Answer codes or labels as numbers.

    Labels are compared as they are written, in any script: "نعم" and "نعم." are two labels, and which of them a file
    uses is for the caller to say.

    Parameters
    ----------
    answers
        One code to a respondent.
    codes
        The number that each code stands for.
    missing
        Codes of no answer (don't know, refused, not asked).

    Raises
    ------
    SurveyError
        Names every code that is in neither list, how often and where it occurs, and the known code nearest to it; or a
        code that is in both.
    """
    one_meaning(codes, missing)
    known = {**codes, **dict.fromkeys(missing, np.nan)}
    unknown = np.fromiter((a not in known for a in answers), np.bool_, len(answers))
    if unknown.any():
        strange = list(dict.fromkeys(answers[int(i)] for i in np.flatnonzero(unknown)))
        told = []
        for code in strange[:_SHOWN]:
            near = get_close_matches(str(code), [str(k) for k in known], n=1)
            like = f" (did you mean {near[0]!r}?)" if near else ""
            told.append(f"{code!r} {sum(a == code for a in answers)} times{like}")
        raise SurveyError(
            f"{int(unknown.sum())} of {len(answers)} answers have a code that is not in the questionnaire: "
            + "; ".join(told)
            + f" ({rows_of(unknown)}).",
            where="answers",
            remedy="add each code to codes, or to missing where it stands for no answer; nothing was dropped.",
        )
    values = np.array([known[a] for a in answers], np.float64)
    return Coded(values, np.isfinite(values))
