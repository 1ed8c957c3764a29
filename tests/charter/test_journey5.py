"""Journey 5, what must never happen: each sentence that this layer can hold is the name of a test."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from kept_audit import record_audit
from world import FACTS, OTHER_FACTS, QUESTION, SECOND_LEAD, WHO, World, make_world

from arusha.charter import Charter, CharterError, RefusedError
from arusha.charter.dossier import protected
from arusha.ledger import ChangedError, Event
from arusha.records.contract import CONTRACT

LEAD, UNION, AUDITOR = WHO["integrity-lead"], WHO["union-reviewer"], WHO["internal-auditor"]
PLAN = "cd" * 32


def refused(world: World, code: str, act, *args, **kwargs) -> RefusedError:
    """The act is refused for that reason, the refusal is the ledger's last entry, and nothing else changed."""
    before = world.charter.state()
    with pytest.raises(RefusedError) as error:
        act(*args, **kwargs)
    assert code in error.value.codes, error.value
    last = world.charter.ledger.entry(len(world.charter.ledger) - 1).entry
    assert last.kind == "charter.refused"
    assert f"lacks:{code}" in last.subjects
    after = world.charter.state()
    assert (after.questions, after.roles, after.asked) == (before.questions, before.roles, before.asked)
    return error.value


def test_consultation_after_go_live(world: World) -> None:
    world.to_live()
    refused(world, "stage", world.consult)
    refused(world, "stage", world.agree)
    refused(world, "stage", world.charter.notice, LEAD, QUESTION, "hand", "late")


def test_no_question_goes_live_from_draft_or_consultation(world: World) -> None:
    world.draft()
    refused(world, "stage", world.go_live)
    world.consult()
    refused(world, "stage", world.go_live)


def test_an_indicator_edited_after_consultation(world: World) -> None:
    world.to_live()
    stood = world.charter.stand({QUESTION: OTHER_FACTS}, {QUESTION: (100, 1)}, PLAN)
    assert (stood[QUESTION].stage, stood[QUESTION].shown) == ("consultation", False)
    question = world.charter.question(QUESTION)
    assert question.definition == OTHER_FACTS.digest
    assert (question.notices, question.positions, question.audits) == ((), (), ())
    refused(world, "stage", world.go_live)
    world.notices()
    world.pilot()
    assert set(refused(world, "audit", world.go_live).codes) >= {"audit", "position"}
    # What was agreed is not agreed again by changing back.
    stood = world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 1)}, PLAN)
    assert (stood[QUESTION].stage, stood[QUESTION].shown) == ("consultation", False)


def test_the_program_says_that_a_definition_changed_only_where_it_did(world: World) -> None:
    world.to_live()
    world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 1)}, PLAN)
    assert world.stage == "live"
    assert "charter.changed" not in world.kinds()


@pytest.mark.parametrize(
    "column", ["officers.union_office", "officers.sex", "parties.birth_date", "duties.Union-Leave"]
)
def test_union_activity_used_as_an_input(world: World, column: str) -> None:
    facts = replace(FACTS, inputs=(*FACTS.inputs, column))
    refused(world, "inputs", world.charter.draft, LEAD, facts, 24)
    # Nor by a later change of a definition: the question falls back and cannot leave consultation.
    world.to_live()
    changed = replace(OTHER_FACTS, inputs=(*FACTS.inputs, column))
    world.charter.stand({QUESTION: changed}, {}, PLAN)
    world.notices()
    refused(world, "inputs", world.pilot)


def test_protected_characteristics_stored_beside_officer_rows() -> None:
    columns = tuple(f"{t}.{c}" for t, table in CONTRACT.tables.items() for c in table.columns)
    assert len(columns) > 100
    assert protected(columns) == ()
    assert protected(("officers.sex", "officers.age_band", "items.usage", "offices.region")) == (
        "officers.sex",
        "officers.age_band",
    )


def test_an_incomplete_dossier_enters_consultation(world: World) -> None:
    world.charter.draft(LEAD, replace(FACTS, texts={**FACTS.texts, "gaming": " "}), 0)
    error = refused(world, "dossier", world.consult)
    assert "gaming" in str(error)
    assert "retention" in str(error)


@pytest.mark.control("8.4")
def test_go_live_lists_everything_that_is_missing(world: World) -> None:
    world.to_pilot()
    asked = world.charter.ask(UNION, QUESTION, "How is n counted?", answer_by="2026-03-01")
    error = refused(world, "answers", world.go_live)
    assert set(error.codes) == {"audit", "position", "answers"}
    assert str(asked.number) in str(error)


def test_a_period_lapses_only_after_two_proofs_of_notice(world: World) -> None:
    world.draft()
    world.consult()
    charter = world.charter
    charter.notice(LEAD, QUESTION, "mail", "first")
    charter.notice(LEAD, QUESTION, "mail", "the same again")
    refused(world, "notice", world.pilot)
    world.clock.days(60)
    charter.notice(LEAD, QUESTION, "hand", "second")
    world.pilot()
    world.audit()
    refused(world, "position", world.go_live)
    world.clock.days(29)
    refused(world, "position", world.go_live)
    world.clock.days(1.1)
    world.go_live()
    assert world.stage == "live"


def test_an_audit_of_twelve_months_is_too_old(world: World) -> None:
    world.to_pilot()
    world.audit()
    world.agree()
    world.clock.days(366)
    refused(world, "audit", world.go_live)
    world.audit(passed=False)
    refused(world, "audit", world.go_live)
    world.audit()
    world.go_live()
    world.clock.days(366)
    assert world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 1)}, PLAN)[QUESTION].stage == "review-due"


def test_an_objection_is_passed_over(world: World) -> None:
    world.to_pilot()
    world.audit()
    secretary = WHO["board-secretary"]
    refused(world, "objection", world.charter.committee, secretary, QUESTION, "proceed", "none stands")
    first = world.charter.position(UNION, QUESTION, "object", "peers differ", points=("Which peers?", "Why?"))
    assert set(refused(world, "committee", world.go_live).codes) == {"committee", "answers"}
    world.charter.committee(secretary, QUESTION, "amend", "peers by shift")
    refused(world, "committee", world.go_live)
    world.charter.committee(secretary, QUESTION, "proceed", "agreed")
    for point in (f"{first.number}.1", f"{first.number}.2"):
        refused(world, "answers", world.go_live)
        world.charter.answer(LEAD, QUESTION, point, "By office and section.")
    # A second objection needs the committee again.
    second = world.charter.position(UNION, QUESTION, "object", "still")
    refused(world, "committee", world.go_live)
    world.charter.committee(secretary, QUESTION, "proceed", "heard again")
    world.go_live()
    assert world.charter.question(QUESTION).objections == (first.number, second.number)
    world.charter.stand({QUESTION: OTHER_FACTS}, {}, PLAN)
    assert world.charter.question(QUESTION).objections == (first.number, second.number)


def test_conditions_are_clauses_that_the_program_checks(world: World) -> None:
    world.to_pilot()
    world.audit()
    world.charter.position(UNION, QUESTION, "conditions", min_n=40, review_by=world.clock.today, max_signal_rate=0.02)
    assert set(refused(world, "min-n", world.go_live).codes) == {"min-n", "review-by", "max-signal-rate"}
    world.charter.position(
        UNION, QUESTION, "conditions", min_n=30, review_by="2026-06-01", max_signal_rate=0.1, no_individual_display=True
    )
    world.go_live()
    stood = world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 1)}, PLAN)[QUESTION]
    assert (stood.stage, stood.shown) == ("live", False)
    world.clock.days(200)
    assert world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 1)}, PLAN)[QUESTION].stage == "review-due"


def test_a_signal_rate_beyond_what_was_promised_goes_on(world: World) -> None:
    world.to_live()
    assert world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 10)}, PLAN)[QUESTION].shown
    stood = world.charter.stand({QUESTION: FACTS}, {QUESTION: (100, 11)}, PLAN)[QUESTION]
    assert (stood.stage, stood.shown) == ("paused", False)
    pause = next(r.entry for r in world.charter.ledger.entries() if r.entry.kind == "charter.pause")
    assert pause.actor == "system"
    resume = world.charter.move
    refused(world, "audit-after-pause", resume, LEAD, QUESTION, "resume")
    world.audit()
    resume(LEAD, QUESTION, "resume", "a month of floods, audited")
    assert world.stage == "live"


def test_the_union_calls_an_early_review(world: World) -> None:
    world.to_live()
    world.charter.move(UNION, QUESTION, "review", "the drift is unexplained")
    assert world.stage == "review-due"
    refused(world, "stage", world.go_live)
    world.consult()
    assert world.stage == "consultation"


def test_an_unanswered_point_is_lost_by_a_new_consultation_or_definition(world: World) -> None:
    world.draft()
    world.consult()
    asked = world.charter.ask(UNION, QUESTION, "Who sees it?", answer_by="2026-03-01")
    world.consult(0.05)
    world.charter.stand({QUESTION: OTHER_FACTS}, {}, PLAN)
    world.notices()
    world.pilot()
    assert world.charter.question(QUESTION).open_points == (str(asked.number),)
    refused(world, "answers", world.go_live)


def test_solo_mode_has_a_live_question_about_persons(tmp_path) -> None:
    solo = make_world(tmp_path / "s.arusha", solo=True)
    lead = WHO["integrity-lead"]
    for facts, allowed in ((FACTS, False), (replace(FACTS, question="lane-rates", about_persons=False), True)):
        name, charter = facts.question, solo.charter
        charter.draft(lead, facts, 24)
        charter.consult(lead, name, ceiling=0.1)
        charter.notice(lead, name, "mail", "1")
        charter.notice(lead, name, "hand", "2")
        charter.move(lead, name, "pilot")
        record_audit(charter, lead, name)
        charter.position(lead, name, "agree")
        if allowed:
            charter.move(lead, name, "go-live")
        else:
            error = refused(solo, "solo", charter.move, lead, name, "go-live")
            assert error.codes == ("solo",)


@pytest.mark.control("AC-3(2)", never=True)
def test_one_person_grants_a_role(world: World) -> None:
    charter = world.charter
    charter.grant(LEAD, SECOND_LEAD, "integrity-lead")
    assert not charter.state().holds(SECOND_LEAD, "integrity-lead")
    refused(world, "two-people", charter.grant, LEAD, SECOND_LEAD, "integrity-lead")
    refused(world, "two-people", charter.grant, LEAD, LEAD, "analyst")
    charter.grant(AUDITOR, SECOND_LEAD, "integrity-lead")
    assert charter.state().holds(SECOND_LEAD, "integrity-lead")
    with pytest.raises(CharterError):
        type(charter).make(world.charter.path.parent / "contents", "x.example/y", LEAD, LEAD)


def test_management_chooses_or_removes_who_speaks_for_the_staff(world: World) -> None:
    charter = world.charter
    charter.withdraw(LEAD, UNION, "union-reviewer")
    refused(world, "union", charter.withdraw, AUDITOR, UNION, "union-reviewer")
    charter.grant(LEAD, SECOND_LEAD, "union-reviewer")
    refused(world, "union", charter.grant, AUDITOR, SECOND_LEAD, "union-reviewer")
    refused(world, "role", charter.grant, UNION, SECOND_LEAD, "analyst")
    charter.grant(UNION, SECOND_LEAD, "union-reviewer")
    assert charter.state().holders("union-reviewer") == tuple(sorted((UNION, SECOND_LEAD)))


@pytest.mark.control("AC-5", "9.2", never=True)
def test_one_person_judges_what_the_same_person_does(world: World) -> None:
    refused(world, "apart", world.charter.grant, AUDITOR, LEAD, "union-reviewer")
    refused(world, "apart", world.charter.grant, AUDITOR, WHO["administrator"], "analyst")
    refused(world, "apart", world.charter.grant, LEAD, WHO["investigator"], "board-member")


def test_an_entry_written_past_the_program_counts(world: World) -> None:
    world.to_pilot()
    event = Event("charter.go-live", LEAD, (f"question:{QUESTION}",), time=world.clock())
    world.charter.ledger.record(event)
    with pytest.raises(ChangedError, match="one that the rules refuse"):
        world.charter.state()


def test_words_that_are_expunged_change_a_state(world: World) -> None:
    world.to_live()
    before = world.charter.state().questions
    for recorded in list(world.charter.ledger.entries()):
        if recorded.entry.parts:
            world.charter.ledger.expunge(recorded.number, AUDITOR)
    assert world.charter.state().questions == before


def test_a_crash_leaves_half_a_charter(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("arusha.ledger.log.Ledger.record", stop)
        with pytest.raises(KeyboardInterrupt):
            Charter.make(tmp_path, "customs.example/charter", LEAD, AUDITOR)
    assert not list(tmp_path.iterdir())
    assert Charter.of(tmp_path) is None
    assert Charter.make(tmp_path, "customs.example/charter", LEAD, AUDITOR).state().made
    with pytest.raises(CharterError, match="has a charter"):
        Charter.make(tmp_path, "customs.example/charter", LEAD, AUDITOR)


def test_two_acts_at_once_each_see_the_other(world: World) -> None:
    """Twelve threads ask for the same role in two names: it is granted once, and every other try is refused."""
    before = len(world.charter.ledger)

    def ask(number: int) -> bool:
        charter = Charter(world.charter.path)
        try:
            charter.grant((LEAD, AUDITOR)[number % 2], SECOND_LEAD, "publisher")
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ask, range(12))) == 2
    assert world.charter.state().holds(SECOND_LEAD, "publisher")
    assert len(world.charter.ledger) == before + 12


def test_a_clock_set_back_makes_a_period_shorter(world: World) -> None:
    world.draft()
    world.clock.days(-1)
    refused(world, "clock", world.consult)
