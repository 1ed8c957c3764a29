"""Errors that a person can act on: what is wrong, where, and what to do about it."""

from __future__ import annotations


class ArushaError(Exception):
    """An error with a place and a remedy.

    Parameters
    ----------
    problem
        What is wrong, in one sentence.
    where
        The file, table, row or column concerned, as the reader would look for it.
    remedy
        What the reader can do, in one sentence.
    """

    exit_code = 1
    """Of the command line: 1 error in what was given, 2 wrong call, 3 a check failed, 130 stopped."""

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(self.__str__())

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.problem}" if self.where else self.problem]
        if self.remedy:
            parts.append(f"What to do: {self.remedy}")
        return "\n".join(parts)


class RecordsError(ArushaError):
    """The records cannot be read as they are; nothing was stored."""


class WorkspaceError(ArushaError):
    """The workspace cannot be opened or written."""


class QueryError(ArushaError):
    """A query uses something that is not known to give the same answer on every engine."""


class PlanError(ArushaError):
    """The plan of an assessment is not usable."""


class VerificationError(ArushaError):
    """An assessment is not what its manifest says, or a log not what it was."""

    exit_code = 3


class SurveyError(ArushaError):
    """Answers, weights or a release of a survey cannot be used as they are; what was given is unchanged."""
