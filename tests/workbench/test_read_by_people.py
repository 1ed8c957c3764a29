"""Pages as their readers meet them: words for ids, their own language, and what comes first where all is empty."""

from __future__ import annotations

import re

import pytest
from examplia import Examplia
from kept_audit import record_audit
from workbench_office import QUESTION, Office, page, people_in, signed_in, solo
from world import WHO

from arusha.assessment.report_words import slug
from arusha.indicators.assignment_evidence import ANYWAY, ASIDE, BATCH, COUNTED, DESK, NOBODY, OUTSIDE
from arusha.indicators.assignment_overrides import STATES
from arusha.indicators.registry import indicators
from arusha.language import Catalogue, languages
from arusha.workbench.demo_office import CONSULTED, person

DEFINITIONS = {i.definition.id: i.definition for i in indicators()}
MARKS = "[\u2066-\u2069]"


def bare(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(MARKS, "", re.sub(r"<[^>]*>", " ", main)))


@pytest.mark.parametrize("lang", languages())
def test_a_dossier_names_explanations_peers_and_limits_in_the_language_of_who_reads_it(
    lang: str, office: Office
) -> None:
    office.make_charter()
    for question in DEFINITIONS:
        if question in ("value-shortfall", "lane-rates"):
            continue
        if question == QUESTION:
            office.to_live()
        else:
            office.draft(question)
        reader = signed_in("union-reviewer")
        reader.cookies["language"] = lang
        text = bare(page(reader, f"/charter/{question}"))
        for one in DEFINITIONS[question].explanations:
            assert "-" not in one or one not in text, "an id is a word in no language"
        for other in DEFINITIONS:
            assert other not in text, "another question is named by its title"
        said_in_english = ("then deleted", "lane assigned", "declared rule", "first pick,")
        assert "least effect" not in text, "five of what"
        assert any(word in text for word in said_in_english) == (lang == "en"), text


def test_a_live_question_says_nothing_of_a_consultation_that_is_over(office: Office) -> None:
    office.make_charter()
    office.to_pilot()
    reader = signed_in("union-reviewer")
    assert "The consultation ends" in page(reader, f"/charter/{QUESTION}")
    office.charter().position(WHO["union-reviewer"], QUESTION, "agree")
    record_audit(office.charter(), WHO["internal-auditor"], QUESTION)
    office.charter().move(WHO["integrity-lead"], QUESTION, "go-live")
    html = page(reader, f"/charter/{QUESTION}")
    assert "Went live" in html
    assert "The consultation ends" not in html


def test_groups_of_an_audit_read_in_one_piece_and_a_pass_that_tells_nothing_says_so(examplia: Examplia) -> None:
    reader = examplia.acting_as(person("union-reviewer"))
    reader.cookies["language"] = "ar"
    html = page(reader, f"/desk/{CONSULTED}/fairness")
    assert "<bdi>gender: women</bdi>" in html, "two pieces would stand in the order of the line, the colon between them"
    reader.cookies["language"] = "en"
    html = page(reader, f"/desk/{CONSULTED}/fairness")
    told = set(re.findall(r"<td><strong>([^<]*)</strong>", html))
    assert "<strong>passed</strong>, " in re.sub(r"<span[^>]*>", "", html)
    assert ("nothing unusual could have been" in html) == (told == {"cannot tell"})
    assert told == {"cannot tell"}, "in this small year no group can be told of"


def test_who_commits_to_a_salt_is_told_what_one_is_and_finds_the_way_back(office: Office) -> None:
    office.make_charter()
    for role, at in (("union-reviewer", "/desk"), ("board-secretary", "/desk"), ("internal-auditor", "/alerts/again")):
        html = page(signed_in(role), "/alerts/salt")
        assert "A salt is a long random text" in html
        assert f'<p class="back"><a href="{at}">' in html


def test_empty_pages_say_what_comes_first_and_who_does_it(office: Office) -> None:
    office.make_charter()
    for role, at, first in (
        (
            "union-reviewer",
            "/evaluations",
            "The programme manager, the integrity lead or an analyst registers the first",
        ),
        ("programme-manager", "/evaluations", "Begin with the button above."),
        ("investigator", "/alerts/performance", "makes alerts of the signals of a live question"),
        ("internal-auditor", "/alerts/again", "First the auditor and a second person each commit to a salt"),
        ("data-steward", "/jobs", "it is asked for on the page of each"),
        ("administrator", "/accounts", "An account is made on the machine itself, and opens no role"),
        ("investigator", "/charter/lane-rates", "drafts a question first, with its dossier"),
    ):
        assert first in page(signed_in(role), at), (role, at)


def test_codes_of_the_contract_are_set_as_codes(examplia: Examplia) -> None:
    reader = examplia.acting_as(person("data-steward"))
    for at in ("/governance/tables/declarations", "/governance/questions", "/governance/sources/1"):
        assert "`" not in page(reader, at).partition("<main")[2], at
    assert '<code dir="ltr">random</code>' in page(reader, "/governance/tables/declarations")


def test_the_auditor_reads_in_words_who_looked_and_who_was_refused(office: Office) -> None:
    office.make_charter()
    assert signed_in("union-reviewer").get("/accounts").status_code == 403
    auditor = signed_in("internal-auditor")
    assert "Refused" in bare(page(auditor, "/looks"))
    text = bare(page(auditor, "/looks"))
    assert "Page seen" in text
    assert "look.seen" not in text
    auditor.cookies["language"] = "ar"
    assert "شوهدت صفحة" in page(auditor, "/looks")


def test_in_a_list_of_questions_their_headings_are_of_one_size(office: Office) -> None:
    office.make_charter()
    html = page(signed_in("investigator"), "/assessments/assessment/signals")
    assert html.count('<div class="among">') == html.count("<section id=") > 0
    style = b"".join(solo().get("/static/workbench/arusha.css").streaming_content).decode()  # type: ignore[attr-defined]
    listed = re.search(r"\n\.among section\.page > h2:first-of-type \{ font-size: ([^;]+);", style)
    own = re.search(r"\nh2 \{ font-size: ([^;]+);", style)
    assert listed
    assert own
    assert listed.group(1) == own.group(1)


def test_a_reader_who_may_not_open_signals_sees_no_link_to_one(office: Office) -> None:
    office.make_charter()
    office.to_live()
    at = f"/assessments/assessment/questions/{QUESTION}"
    one = office.signals()[0]["signal_id"]
    assert f'href="/assessments/assessment/signals/{one}"' in page(signed_in("analyst"), at)
    html = page(signed_in("integrity-lead"), at)
    assert f"/signals/{one}" not in html
    assert one in html


def test_the_smallest_difference_of_a_plan_says_of_what_it_is(examplia: Examplia) -> None:
    html = page(examplia.acting_as(person("analyst")), "/plan")
    label = {one: re.search(rf'<label for="effect-{one}">([^<]*)<', html) for one in DEFINITIONS}
    for question, found in label.items():
        assert found
        share = question in ("lane-rates", "value-shortfall")
        assert ("as a share of one" in found[1], "in cases" in found[1]) == (share, not share), question


def test_nobody_is_offered_to_answer_a_point_or_an_objection_that_nobody_made(office: Office) -> None:
    office.make_charter()
    office.to_pilot()
    at = f"/charter/{QUESTION}"
    answers, meets = f'action="{at}/answer"', f'action="{at}/committee"'
    assert answers not in page(signed_in("integrity-lead"), at)
    assert meets not in page(signed_in("board-secretary"), at)
    office.charter().ask(WHO["union-reviewer"], QUESTION, "Who decides?", answer_by="2027-01-31")
    office.charter().position(WHO["union-reviewer"], QUESTION, "object", "not yet")
    assert answers in page(signed_in("integrity-lead"), at)
    assert meets in page(signed_in("board-secretary"), at)


def test_rows_of_people_without_their_names_say_that_they_are(examplia: Examplia) -> None:
    html = page(examplia.acting_as(person("analyst")), "/assessments/assessment/questions/assignment-override")
    told = [part for part in html.split("<details")[1:] if "of whom this table tells. This page names nobody." in part]
    assert told, "an office stands in it once for each person"
    assert not any(people_in(part.partition("</details>")[0]) for part in told)


def test_the_records_behind_a_signal_have_heads_in_words_and_no_word_of_the_program_in_english(
    examplia: Examplia,
) -> None:
    reader = examplia.acting_as(person("analyst"))
    found = re.findall(
        r'href="(/assessments/assessment/signals/[0-9a-f]+)"', page(reader, "/assessments/assessment/signals")
    )
    assert found
    reader.cookies["language"] = "ar"
    reader.post(f"{found[0]}/open", {"reason": "learning", "reference": "1"})
    html = page(reader, found[0])
    heads = re.findall(r'<th scope="col">([^<]*)<br><span class="code quiet">([^<]*)</span></th>', html)
    assert "البيان الجمركي" in {head for head, _ in heads}
    assert "declaration_id" in {re.sub(MARKS, "", code) for _, code in heads}, "the code stands below: it is the file's"
    cells = set(re.findall(r'<td class="code"><bdi>([^<]*)</bdi></td>', html))
    said = {"counted", "moved", "stayed with the first pick", "True", "False", "red", "yellow", "green"}
    assert not cells & said


def test_every_state_that_evidence_tells_of_has_its_words() -> None:
    for state in (*STATES, COUNTED, BATCH, DESK, NOBODY, ANYWAY, OUTSIDE, ASIDE, "this officer", "other officers"):
        assert Catalogue("ar").has(f"evidence-said-{slug(state)}"), state
