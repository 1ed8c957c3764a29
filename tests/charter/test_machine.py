"""Whatever is tried in whatever order: a question is live only where every guard held, recomputed here from the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from world import FACTS, OTHER_FACTS, QUESTION, REPORT, START, STRANGER, WHO

from arusha.charter.acts import ACTS, Act
from arusha.charter.guards import missing
from arusha.charter.state import State, apply

ACTORS = [
    "integrity-lead",
    "analyst",
    "union-reviewer",
    "internal-auditor",
    "board-secretary",
    "investigator",
    "system",
]
HOLDERS = (WHO["key-holder"], STRANGER)
TOKENS = {
    "draft": st.sampled_from([FACTS, OTHER_FACTS]).map(
        lambda f: (f"definition:{f.digest}", "persons:yes", "min-n:30", "retention-months:24")
    ),
    "changed": st.sampled_from([FACTS, OTHER_FACTS]).map(
        lambda f: (f"definition:{f.digest}", "persons:yes", "min-n:30", "retention-months:24")
    ),
    "consult": st.sampled_from(["0.1", "0.02"]).map(lambda c: (f"ceiling:{c}", "days:30")),
    "notice": st.sampled_from(["mail", "hand"]).map(lambda m: (f"means:{m}",)),
    "ask": st.just(("due:2026-06-01",)),
    "position": st.sampled_from(
        [
            ("position:agree",),
            ("position:none",),
            ("position:object", "points:1"),
            ("position:conditions", "min-n:40"),
            ("position:conditions", "min-n:20", "max-signal-rate:0.05"),
        ]
    ),
    "committee": st.sampled_from(["proceed", "amend"]).map(lambda o: (f"outcome:{o}",)),
    "pause": st.just(("tested:100", "signals:11")),
    "identify": st.sampled_from([FACTS, OTHER_FACTS]).map(
        lambda f: (f"definition:{f.digest}", "signal:1", *(f"holder:{h}" for h in HOLDERS), "tell-by:2026-12-01")
    ),
}
ROUND = [
    ("retire", "integrity-lead"),
    ("draft", "analyst"),
    ("consult", "integrity-lead"),
    ("notice", "analyst"),
    ("notice", "integrity-lead"),
    ("pilot", "integrity-lead"),
    ("position", "union-reviewer"),
    ("ask", "union-reviewer"),
    ("audit", "internal-auditor"),
    ("committee", "board-secretary"),
    ("answer", "integrity-lead"),
    ("wait", ""),
    ("go-live", "integrity-lead"),
    ("pause", "system"),
    ("audit", "internal-auditor"),
    ("resume", "integrity-lead"),
]
LEFT_OUT = [(), *((n,) for n in sorted({n for n, _ in ROUND})), ("position", "wait"), ("position", "notice")]
OF = (f"question:{QUESTION}",)
NORMAL = ["draft", "consult", "notice", "notice", "pilot", "audit", "position", "answer", "committee", "go-live"]


class Machine(RuleBasedStateMachine):
    """The log that this machine keeps is its own: it knows only which acts the rules let pass."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.log: list[Act] = []
        self.at = START
        self.number = 0
        self.do("made", "integrity-lead", ("mode:shared", WHO["integrity-lead"], WHO["internal-auditor"]))
        granted = {WHO[role]: role for role in ("analyst", "union-reviewer", "board-secretary", "investigator")}
        for who, role in (*granted.items(), *((holder, "key-holder") for holder in HOLDERS)):
            for by in ("integrity-lead", "internal-auditor"):
                self.do("grant", by, (who, f"role:{role}"))

    def do(self, name: str, role: str, subjects: tuple[str, ...]) -> bool:
        self.at += timedelta(minutes=1)
        act = Act(name, "system" if role == "system" else WHO[role], self.at, subjects, self.number)
        if missing(self.state, act):
            return False
        self.state = apply(self.state, act)
        self.log.append(act)
        self.number += 1
        return True

    @rule(days=st.sampled_from([1, 20, 31, 200]))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(data=st.data(), name=st.sampled_from([*NORMAL, *NORMAL, *(a for a in ACTS if ACTS[a].stages)]))
    def act(self, data: st.DataObject, name: str) -> None:
        roles = [r for r in ACTORS if r in ACTS[name].roles]
        wrong = data.draw(st.integers(0, 9)) == 0
        role = data.draw(st.sampled_from(ACTORS if wrong else roles))
        if name == "answer":
            question = self.state.questions.get(QUESTION)
            tokens = tuple(f"point:{p}" for p in (question.open_points if question else ())[:1])
        elif name == "audit":
            passed = data.draw(st.sampled_from(["passed", "passed", "failed"]))
            age = data.draw(st.sampled_from([0, 10, 400]))
            on = (self.at - timedelta(days=age)).date()
            tokens = (f"on:{on}", f"result:{passed}", f"report:{REPORT}")
        else:
            tokens = data.draw(TOKENS.get(name, st.just(())))
        before = self.state.questions.get(QUESTION)
        done = self.do(name, role, (f"question:{QUESTION}", *tokens))
        if name == "identify" and done:
            assert before is not None, "no name opens behind a question that nobody drafted"
            assert (before.stage, before.definition) == ("live", tokens[0].partition(":")[2])

    @rule(
        data=st.data(),
        left_out=st.sampled_from([(), *((name,) for name in LEFT_OUT), ("position", "wait"), ("position", "notice")]),
    )
    def go_round(self, data: st.DataObject, left_out: tuple[str, ...]) -> None:
        """The whole way to live with a step or two left out: chance alone would hardly come near it."""
        for place, (name, role) in enumerate(ROUND):
            if name in left_out:
                continue
            if name == "answer":
                self.answer_everything()
            elif name == "audit":
                self.do("audit", role, (*OF, f"on:{self.at.date()}", "result:passed", f"report:{REPORT}"))
            elif name == "wait":
                self.at += timedelta(days=31)
            elif name == "notice":
                self.do("notice", role, (*OF, f"means:{'mail' if place % 2 else 'hand'}"))
            else:
                self.do(name, role, (*OF, *data.draw(TOKENS.get(name, st.just(())))))
            self.live_only_with_every_guard()

    @rule()
    def answer_everything(self) -> None:
        question = self.state.questions.get(QUESTION)
        for point in question.open_points if question else ():
            self.do("answer", "integrity-lead", (f"question:{QUESTION}", f"point:{point}"))

    @invariant()
    def live_only_with_every_guard(self) -> None:
        question = self.state.questions.get(QUESTION)
        if question is None or question.stage != "live":
            return
        acts = [a for a in self.log if a.one("question") == QUESTION]
        begun = max(i for i, a in enumerate(acts) if a.name in ("go-live", "resume"))
        at = acts[begun].at
        since_draft = max(i for i, a in enumerate(acts) if a.name == "draft")
        changes = [i for i, a in enumerate(acts) if a.name in ("draft", "changed")]
        current = changes[-1]
        assert current < begun, "live on a definition that came after the decision"
        of_current = acts[current : begun + 1]
        consults = [i for i, a in enumerate(of_current) if a.name == "consult"]
        opened = consults[-1] if consults else 0
        heard = of_current[opened:]
        assert any(a.name == "pilot" for a in heard)
        audits = [a for a in of_current if a.name == "audit"]
        assert audits
        assert audits[-1].one("result") == "passed"
        assert at.date() - date.fromisoformat(audits[-1].one("on")) < timedelta(days=366)
        positions = [a for a in heard if a.name == "position"]
        if positions:
            said = positions[-1].one("position")
            if said == "object":
                outcomes = [a for a in heard if a.name == "committee" and a.number > positions[-1].number]
                assert outcomes
                assert outcomes[-1].one("outcome") == "proceed"
            assert float(positions[-1].one("min-n") or 0) <= 30
            ceiling = [a for a in acts[since_draft:begun] if a.name == "consult"][-1].one("ceiling")
            assert float(ceiling) <= float(positions[-1].one("max-signal-rate") or 1)
        else:
            first_by_means: dict[str, datetime] = {}
            for notice in (a for a in heard if a.name == "notice"):
                first_by_means.setdefault(notice.one("means"), notice.at)
            assert len(first_by_means) == 2
            assert at - max(first_by_means.values()) >= timedelta(days=30)
        asked = {str(a.number) for a in acts[since_draft:begun] if a.name == "ask"}
        asked |= {f"{a.number}.1" for a in acts[since_draft:begun] if a.name == "position" and a.one("points")}
        assert asked <= {p for a in acts[since_draft:begun] for p in a.all("point")}


Machine.TestCase.settings = settings(
    max_examples=100, stateful_step_count=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
TestMachine = Machine.TestCase


def test_the_machine_does_reach_live() -> None:
    """An invariant over a stage that is never reached would prove nothing."""
    machine = Machine()
    of = (f"question:{QUESTION}",)
    facts = (f"definition:{FACTS.digest}", "persons:yes", "min-n:30", "retention-months:24")
    steps = [
        ("draft", "analyst", facts),
        ("consult", "integrity-lead", ("ceiling:0.1", "days:30")),
        ("notice", "analyst", ("means:mail",)),
        ("notice", "analyst", ("means:hand",)),
        ("pilot", "integrity-lead", ()),
        (
            "audit",
            "internal-auditor",
            ("on:2026-01-05", "result:passed", f"report:{REPORT}"),
        ),
        ("position", "union-reviewer", ("position:agree",)),
        ("go-live", "integrity-lead", ()),
    ]
    for name, role, tokens in steps:
        assert machine.do(name, role, of + tokens), name
        machine.live_only_with_every_guard()
    assert machine.state.questions[QUESTION].stage == "live"
