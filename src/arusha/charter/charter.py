"""A workspace's charter: acts go in, each is held against the rules, and allowed or refused it is recorded."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from arusha.charter import audits
from arusha.charter.acts import ACTS, KIND, MADE, REFUSED, Act
from arusha.charter.dossier import Facts, dossier, lacking
from arusha.charter.guards import due, missing, to_live
from arusha.charter.problems import CharterError, Missing, RefusedError
from arusha.charter.reading import state_of
from arusha.charter.roles import SYSTEM
from arusha.charter.state import Question, State, apply
from arusha.language.told import error as error_of
from arusha.language.told import error_at
from arusha.ledger import ChangedError, Event, FolderContents, Ledger, LedgerError, Recorded, verify
from arusha.ledger.turns import taking_turns

FOLDER = "charter"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Standing:
    """Where a question stands when an assessment runs. ``shown`` says whether it may name persons."""

    question: str
    stage: str
    shown: bool
    definition: str


class Charter:
    """The rules agreed to for one workspace, in ``NAME.arusha/charter``: a ledger, and the words of its entries.

    Every method that acts takes the pseudonym of who acts, returns the entry recorded, and raises ``RefusedError``
    with everything that stands in the way, after recording that it was refused.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now) -> None:
        self.path = path
        self.clock = clock
        self.ledger = Ledger.open(path / "ledger", FolderContents(path / "contents"))

    @classmethod
    def make(
        cls,
        workspace: Path | str,
        origin: str,
        lead: str,
        auditor: str | None = None,
        *,
        demo: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> Charter:
        """Give a workspace a charter. ``lead`` becomes integrity lead and ``auditor`` internal auditor.

        Without an auditor it is in solo mode: one person, and no live question about persons. ``origin`` names the
        ledger: ``customs.example/charter``. ``demo``: the people are invented, and whoever comes may act as one of
        them; it is said here, once, and no records that are loaded later can say it.

        Raises
        ------
        CharterError
            If there is a charter, or the two are one person.
        """
        path = Path(workspace) / FOLDER
        if not Path(workspace).is_dir():
            raise error_of(CharterError, "workspace-absent", "name-arusha", where=str(workspace))
        if path.exists():
            raise error_of(CharterError, "charter-there", "charter-rules", where=str(path))
        people = (lead,) if auditor is None else (lead, auditor)
        subjects = (f"mode:{'solo' if auditor is None else 'demo' if demo else 'shared'}", *people)
        problems = missing(State(), Act(MADE, lead, clock(), subjects, 0))
        if problems:
            raise error_of(CharterError, "charter-people", "charter-two-people", where=str(path))
        event = Event(KIND + MADE, lead, subjects, time=clock())
        # Nothing is left behind where the name or a pseudonym cannot be used.
        from arusha.ledger.entry import make
        from arusha.ledger.note import check_name

        make(event)
        check_name(origin)
        # Made beside its place and moved there: a crash leaves no charter, never half a one.
        new_path = path.with_name(f".{FOLDER}-{uuid.uuid4().hex[:8]}")
        try:
            new_path.mkdir(mode=0o700)
            (new_path / "lock").touch()
            (new_path / "contents").mkdir(mode=0o700)
            Ledger.create(new_path / "ledger", origin).record(event)
            new_path.rename(path)
        except OSError as problem:
            raise error_of(
                CharterError, "charter-unwritten", "charter-writable", where=str(workspace), why=str(problem.strerror)
            ) from problem
        finally:
            shutil.rmtree(new_path, ignore_errors=True)
        return cls(path, clock)

    @classmethod
    def of(cls, workspace: Path | str, *, clock: Callable[[], datetime] = _now) -> Charter | None:
        """The charter of a workspace; none where it has none, and is a study.

        Raises
        ------
        CharterError
            If a charter is there and cannot be read: an assessment must not take it for none.
        """
        path = Path(workspace) / FOLDER
        if not path.exists():
            return None
        try:
            return cls(path, clock)
        except (LedgerError, OSError) as problem:
            raise error_of(
                CharterError,
                "charter-unread",
                "charter-copy",
                where=str(path),
                why=getattr(problem, "told", None) or str(getattr(problem, "problem", problem)),
            ) from problem

    def state(self) -> State:
        """What the ledger says, each entry held against the rules once more.

        Raises
        ------
        ChangedError
            If the ledger contradicts itself, or holds an entry that the rules did not allow when it was made.
        """
        return state_of(self.path / "ledger", self._read)

    def _read(self) -> State:
        verify(self.ledger).check()
        state = State()
        for recorded in self.ledger.entries():
            if not recorded.entry.kind.startswith(KIND):
                continue
            act = Act.of(recorded.entry, recorded.number)
            problems = missing(state, act)
            if problems:
                raise error_of(
                    ChangedError,
                    "charter-refused-entry",
                    "charter-past",
                    where=str(self.path),
                    n=recorded.number,
                    name=act.name,
                    why=problems[0].text,
                )
            state = apply(state, act)
        return state

    def question(self, question: str) -> Question:
        """A question's state.

        Raises
        ------
        CharterError
            If it was never drafted.
        """
        found = self.state().questions.get(question)
        if found is None:
            raise error_of(CharterError, "charter-undrafted", "draft-first", where=str(self.path), question=question)
        return found

    def against(
        self, name: str, actor: str, question: str | None = None, *, tokens: Mapping[str, Any] | None = None
    ) -> tuple[Missing, ...]:
        """What stands in the way of an act now; nothing is done, and nothing recorded."""
        act = Act(name, actor, self.clock(), _subjects(question, None, tokens), len(self.ledger))
        return missing(self.state(), act)

    def act(
        self,
        name: str,
        actor: str,
        question: str | None = None,
        *,
        tokens: Mapping[str, Any] | None = None,
        person: str | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> Recorded:
        """Do an act, or record that it was refused and raise.

        Parameters
        ----------
        tokens
            What the rules need to know, kind -> value or values; they stand in the entry. None and empty are left out.
        person
            The pseudonym that a grant is about.
        content
            Words, kept apart from the ledger; they can be expunged and change no state.

        Raises
        ------
        RefusedError
            Naming everything that is missing.
        LedgerError
            If a pseudonym or a value does not have its form; nothing is recorded then.
        """
        subjects = _subjects(question, person, tokens)
        if name not in ACTS:
            raise CharterError(f"there is no act {name!r}", where=str(self.path), remedy=f"one of: {', '.join(ACTS)}")
        with taking_turns(self.path / "lock"):
            at = self.clock()
            state = self.state()
            act = Act(name, actor, at, subjects, len(self.ledger))
            problems = missing(state, act)
            if not _SHUT & {p.code for p in problems}:
                problems += self._audited(state, act)
            if problems:
                self._refused(act, problems, state)
                raise RefusedError(name, problems, where=question or person or "")
            words = {k: v for k, v in (content or {}).items() if v}
            return self.ledger.record(Event(KIND + name, actor, subjects, words, at))[0]

    def _audited(self, state: State, act: Act) -> tuple[Missing, ...]:
        question = state.questions.get(act.one("question"))
        return tuple(audits.missing(self.path, question, act, self.ledger.entries()))

    def lacks(self, question: Question) -> tuple[Missing, ...]:
        """Everything that a question lacks to be live now, the file of its audit included."""
        found = to_live(self.state(), question, self.clock())
        return (*found, *audits.lacking(self.path, question))

    def _refused(self, act: Act, problems: tuple[Missing, ...], state: State) -> None:
        of = tuple(s for s in act.subjects if s.startswith("question:") or ":" not in s)
        why = tuple(dict.fromkeys(f"lacks:{p.code}" for p in problems))
        at = max(act.at, state.last or act.at)
        self.ledger.record(Event(KIND + REFUSED, act.actor, (f"act:{act.name}", *of, *why), time=at))

    # The acts of people.

    def grant(self, actor: str, person: str, role: str, until: str | None = None) -> Recorded:
        """Ask for a role for somebody; when a second person asks for the same, it is granted.

        ``until`` is the last day of a role that ends by itself: that of the union's expert.
        """
        return self.act("grant", actor, person=person, tokens={"role": role, "until": until})

    def withdraw(self, actor: str, person: str, role: str) -> Recorded:
        """Withdraw a role: two people, or its holder alone."""
        return self.act("withdraw", actor, person=person, tokens={"role": role})

    def draft(self, actor: str, facts: Facts, retention_months: int) -> Recorded:
        """Draft a question: its facts are fixed by their hash, and its dossier is written from them."""
        tokens, content = _facts(facts, retention_months)
        return self.act("draft", actor, facts.question, tokens=tokens, content=content)

    def consult(self, actor: str, question: str, *, ceiling: float, days: int = 30) -> Recorded:
        """Open the consultation, with the highest signal rate that is promised and how many days there are."""
        return self.act("consult", actor, question, tokens={"ceiling": ceiling, "days": days})

    def notice(self, actor: str, question: str, means: str, proof: str) -> Recorded:
        """Record a proof that the union was given notice; ``proof`` says where it can be seen."""
        return self.act("notice", actor, question, tokens={"means": means}, content={"proof": proof})

    def ask(self, actor: str, question: str, text: str, *, answer_by: str) -> Recorded:
        """Ask as the union. The entry's number names the point that management must answer."""
        return self.act("ask", actor, question, tokens={"due": answer_by}, content={"text": text})

    def position(
        self,
        actor: str,
        question: str,
        position: str,
        text: str = "",
        *,
        points: tuple[str, ...] = (),
        answer_by: str | None = None,
        min_n: float | None = None,
        no_individual_display: bool = False,
        review_by: str | None = None,
        max_signal_rate: float | None = None,
    ) -> Recorded:
        """Record the union's position: agree, conditions, object or none; each point needs management's answer."""
        tokens = {
            "position": position,
            "points": len(points) or None,
            "due": answer_by,
            "min-n": min_n,
            "no-individual-display": "yes" if no_individual_display else None,
            "review-by": review_by,
            "max-signal-rate": max_signal_rate,
        }
        return self.act("position", actor, question, tokens=tokens, content={"text": text, "points": list(points)})

    def answer(self, actor: str, question: str, point: str, text: str) -> Recorded:
        """Answer a point as management."""
        if not text.strip():
            raise error_at(CharterError, "charter-answer", "write-out", "charter-point", question=question, point=point)
        return self.act("answer", actor, question, tokens={"point": point}, content={"text": text})

    def audit(self, actor: str, question: str, *, on: str, passed: bool, report: str) -> Recorded:
        """Record a fairness audit: the day, the result, and the SHA-256 of its file, which is kept with the charter.

        See ``arusha.charter.audits.keep``, and ``arusha fairness``, which makes and keeps it.
        """
        tokens = {"on": on, "result": "passed" if passed else "failed", "report": report}
        return self.act("audit", actor, question, tokens=tokens)

    def identify(
        self,
        actor: str,
        question: str,
        *,
        signal: str,
        definition: str,
        holders: Sequence[str],
        tell_by: str,
        looks: str = "",
    ) -> Recorded:
        """Ask that two key holders be told a name behind a signal of a live question; whom it is about is not in it.

        ``tell_by`` is the day by which the person concerned is told, ``looks`` the size and root of the ledger of
        looks, so that it cannot be another one later. ``arusha.workbench.identity`` asks it before
        anything opens.
        """
        tokens = {
            "signal": signal,
            "definition": definition,
            "holder": tuple(holders),
            "tell-by": tell_by,
            "looks": looks,
        }
        return self.act("identify", actor, question, tokens=tokens)

    def committee(self, actor: str, question: str, outcome: str, reason: str) -> Recorded:
        """Record what the joint committee said on an objection: proceed, amend or reject."""
        return self.act("committee", actor, question, tokens={"outcome": outcome}, content={"reason": reason})

    def observer(self, actor: str, question: str, person: str) -> Recorded:
        """As the union, name who observes the joint committee on an objection: a union reviewer, or its expert."""
        return self.act("observer", actor, question, person=person)

    def observation(self, actor: str, question: str, text: str) -> Recorded:
        """As the observer, file what was seen: it stands beside the committee's outcome for ever."""
        if not text.strip():
            raise error_of(CharterError, "reason-needed", "write-out", where=question)
        return self.act("observation", actor, question, content={"text": text})

    def move(self, actor: str, question: str, to: str, reason: str = "") -> Recorded:
        """Move a question: pilot, go-live, pause, resume, review or retire."""
        if to not in MOVES:
            raise error_of(
                CharterError, "charter-no-move", "choose-from", where=question, to=repr(to), known=", ".join(MOVES)
            )
        return self.act(to, actor, question, content={"reason": reason})

    # The acts of the program, at every assessment.

    def stand(
        self, asked: Mapping[str, Facts], counted: Mapping[str, tuple[int, int]], plan: str
    ) -> dict[str, Standing]:
        """Before an assessment writes anything: where each question stands, after what the program must do itself.

        A question whose definition or settings changed returns to consultation; a live one whose review is due, or
        whose signal rate passes what was promised, is live no more. ``counted`` holds units tested and signals, by
        question; ``plan`` is the plan's hash.
        """
        questions = self.state().questions
        for name, facts in asked.items():
            before = questions.get(name)
            if before is None or before.stage == "retired":
                continue
            if before.definition != facts.digest:
                tokens, content = _facts(facts, before.retention_months)
                self.act("changed", SYSTEM, name, tokens=tokens, content=content)
                continue
            if before.stage != "live":
                continue
            tested, signals = counted.get(name, (0, 0))
            if due(before, self.clock()):
                self.act("review", SYSTEM, name)
            elif before.most_signals is not None and signals > before.most_signals * tested:
                self.act("pause", SYSTEM, name, tokens={"tested": tested, "signals": signals})
        self.act("assessed", SYSTEM, tokens={"plan": plan})
        questions = self.state().questions
        return {name: standing(questions.get(name), facts) for name, facts in asked.items()}


_SHUT = frozenset({"act", "charter", "clock", "role", "question", "stage", "form"})
"""What stands in the way before the act itself is looked at: who may not do it learns no more of it."""

MOVES = ("pilot", "go-live", "pause", "resume", "review", "retire")


def standing(question: Question | None, facts: Facts) -> Standing:
    """Where a question stands for an assessment that asks it as ``facts`` say. What nobody drafted is not shown."""
    if question is None:
        return Standing(facts.question, "not-drafted", False, facts.digest)
    same = question.definition == facts.digest
    return Standing(facts.question, question.stage, same and question.names_persons, facts.digest)


def _facts(facts: Facts, retention_months: int) -> tuple[dict[str, Any], dict[str, Any]]:
    heads = dossier(facts, retention_months)
    tokens = {
        "definition": facts.digest,
        "persons": "yes" if facts.about_persons else "no",
        "min-n": facts.minimum_n,
        "retention-months": retention_months,
        "input": facts.inputs,
        "lacks": lacking(heads),
    }
    return tokens, {"dossier": heads}


def _subjects(question: str | None, person: str | None, tokens: Mapping[str, Any] | None) -> tuple[str, ...]:
    subjects: tuple[str, ...] = () if question is None else (f"question:{question}",)
    subjects += () if person is None else (person,)
    return subjects + tuple(f"{k}:{_text(v)}" for k, v in _pairs(tokens or {}))


def _pairs(tokens: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for kind, value in tokens.items():
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None and one != "":
                yield kind, one


def _text(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value)
