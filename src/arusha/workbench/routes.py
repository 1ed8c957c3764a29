"""Every address of the site with its method, its view and the action that it needs. There is no other way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from arusha.errors import ArushaError
from arusha.workbench import (
    accounts,
    alert_room,
    assessments,
    charter_room,
    controls_room,
    cuts_room,
    demo_room,
    desk,
    fairness_room,
    jobs_room,
    keys_room,
    ledger_room,
    names_room,
    own_room,
    people,
    performance_room,
    plan_room,
    quarter_room,
    records_room,
    salt_room,
    sandbox_room,
    sign_in,
    signals,
    welcome,
)
from arusha.workbench.access.addresses import ADDRESSES as ACCESS
from arusha.workbench.evaluations.addresses import ADDRESSES as EVALUATIONS
from arusha.workbench.governance.addresses import ADDRESSES
from arusha.workbench.pages import said_of, words_of
from arusha.workbench.refusals import failed, refuse
from arusha.workbench.rights.addresses import ADDRESSES as RIGHTS
from arusha.workbench.rules import EVERYBODY, SIGNED_IN
from arusha.workbench.visitor import Visitor, visitor_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Route:
    """An address. ``action`` is the one of ``rules.ACTIONS`` that its visitor needs.

    ``receives`` marks the one that takes files: who may not is refused before the form is read, and the view checks
    the word of our pages itself.
    """

    name: str
    path: str
    view: View
    action: str
    method: str = "GET"
    receives: bool = False

    @property
    def csrf_exempt(self) -> bool:
        """Whether Django leaves the check of the form's word to the view."""
        return self.receives

    def __call__(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """Hold the request against the table of actions, then answer it."""
        try:
            visitor = visitor_of(request)
        except ArushaError as problem:
            # Without a charter that can be read nobody has a role; the page's own frame would need it too.
            said = None if (words := words_of(request)).lang == "en" else said_of(words, problem)
            text = "\n".join((*(said or (problem.problem, problem.remedy)), ""))
            return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
        allowed = ("GET", "HEAD") if self.method == "GET" else (self.method,)
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        if not visitor.may(self.action):
            if visitor.actor is None:
                return redirect("welcome" if visitor.mode != "shared" else "sign-in")
            return refuse(request, visitor, self.action)
        try:
            return self._answer(request, visitor, **parts)
        except ArushaError as problem:
            return failed(request, visitor, problem)

    def _answer(self, request: HttpRequest, visitor: Visitor, **parts: Any) -> HttpResponse:
        return self.view(request, visitor, **parts)


ROUTES = (
    Route("welcome", "", welcome.welcome, EVERYBODY),
    Route("enter", "enter/<str:entry>", welcome.enter, EVERYBODY),
    Route("language", "language", welcome.language, EVERYBODY, "POST"),
    Route("sign-in", "sign-in", sign_in.sign_in, EVERYBODY),
    Route("password", "sign-in/password", sign_in.password, EVERYBODY, "POST"),
    Route("second-factor", "sign-in/second-factor", sign_in.second_factor, EVERYBODY),
    Route("code", "sign-in/code", sign_in.code, EVERYBODY, "POST"),
    Route("sign-out", "sign-out", sign_in.sign_out, SIGNED_IN, "POST"),
    Route("sessions", "sessions", sign_in.sessions, SIGNED_IN),
    Route("end-others", "sessions/end-others", sign_in.end_others, SIGNED_IN, "POST"),
    Route("passkey", "sign-in/passkey", sign_in.passkey, EVERYBODY, "POST"),
    Route("keys", "keys", keys_room.keys, SIGNED_IN),
    Route("begin-key", "keys/begin", keys_room.begin, SIGNED_IN, "POST"),
    Route("add-key", "keys/add", keys_room.add, SIGNED_IN, "POST"),
    Route("remove-app", "keys/app/remove", keys_room.remove_app, SIGNED_IN, "POST"),
    Route("remove-key", "keys/<int:number>/remove", keys_room.remove, SIGNED_IN, "POST"),
    Route("act-as", "act-as", people.act_as, EVERYBODY, "POST"),
    Route("tasks", "tasks", demo_room.task_list, EVERYBODY),
    Route("answer-key", "tasks/key", demo_room.answer_key, EVERYBODY),
    Route("open-key", "tasks/key/open", demo_room.open_key, SIGNED_IN, "POST"),
    Route("people", "people", people.listing, "people.see"),
    Route("grant", "people/grant", people.grant, "charter.grant", "POST"),
    Route("withdraw", "people/withdraw", people.withdraw, "charter.withdraw", "POST"),
    Route("accounts", "accounts", accounts.listing, "accounts.see"),
    Route("unlock", "accounts/<int:account>/unlock", accounts.unlock, "accounts.unlock", "POST"),
    Route("close", "accounts/<int:account>/close", accounts.close, "accounts.close", "POST"),
    Route("records", "records", records_room.records, "records.load"),
    Route("source", "records/<slug:where>/<str:extract>", records_room.source, "records.load"),
    Route("upload", "records/uploads", records_room.receive, "records.load", "POST", receives=True),
    Route("discard", "records/uploads/<slug:extract>/discard", records_room.throw_away, "records.load", "POST"),
    Route("inspect", "records/inspect", records_room.inspect, "records.load", "POST"),
    Route("load", "jobs/<slug:job>/load", records_room.load, "records.load", "POST"),
    Route("plan", "plan", plan_room.plan, "assessment.run"),
    Route("assess", "plan/assess", plan_room.assess, "assessment.run", "POST"),
    Route("jobs", "jobs", jobs_room.listing, "jobs.see"),
    Route("job", "jobs/<slug:job>", jobs_room.job, "jobs.see"),
    Route("stop", "jobs/<slug:job>/stop", jobs_room.stop, "jobs.stop", "POST"),
    Route("again", "jobs/<slug:job>/again", jobs_room.again, "jobs.stop", "POST"),
    Route("assessments", "assessments", assessments.listing, "assessment.see"),
    Route("assessment", "assessments/<str:name>", assessments.overview, "assessment.see"),
    Route("quality", "assessments/<str:name>/records", assessments.records, "quality.see"),
    Route("report", "assessments/<str:name>/report.<slug:lang>.html", assessments.take_report, "report.take", "POST"),
    Route("question", "assessments/<str:name>/questions/<slug:question>", assessments.question, "question.see"),
    Route("signals", "assessments/<str:name>/signals", signals.listing, "signals.list"),
    Route("signal", "assessments/<str:name>/signals/<slug:signal>", signals.signal, "signal.open"),
    Route("open", "assessments/<str:name>/signals/<slug:signal>/open", signals.open_signal, "signal.open", "POST"),
    Route(
        "raise",
        "assessments/<str:name>/questions/<slug:question>/alerts",
        alert_room.raise_alerts,
        "alert.raise",
        "POST",
    ),
    Route("decide", "assessments/<str:name>/signals/<slug:signal>/decide", alert_room.decide, "alert.decide", "POST"),
    Route(
        "second-read",
        "assessments/<str:name>/signals/<slug:signal>/second-read",
        alert_room.read_second,
        "alert.second-read",
        "POST",
    ),
    Route("recuse", "assessments/<str:name>/signals/<slug:signal>/recuse", alert_room.recuse, "alert.recuse", "POST"),
    Route("alerts", "alerts", alert_room.queue, "alerts.see"),
    Route("overdue", "alerts/overdue", alert_room.overdue, "alerts.overdue"),
    Route("performance", "alerts/performance", performance_room.performance, "performance.see"),
    Route("rereview", "alerts/again", performance_room.again, "rereview.see"),
    Route("salt", "alerts/salt", salt_room.salt, "rereview.salt"),
    Route("commit-salt", "alerts/salt/commit", salt_room.commit, "rereview.salt", "POST"),
    Route("say-salt", "alerts/salt/say", salt_room.say, "rereview.salt", "POST"),
    Route("draw-again", "alerts/again/draw", performance_room.draw_again, "rereview.draw", "POST"),
    Route(
        "decide-again",
        "assessments/<str:name>/signals/<slug:signal>/decide-again",
        alert_room.decide_again,
        "alert.decide-again",
        "POST",
    ),
    Route("names", "names", names_room.listing, "identity.see"),
    Route("name", "names/<slug:wanted>", names_room.one, "identity.read"),
    Route("answer-name", "names/<slug:wanted>/answer", names_room.answer, "identity.answer", "POST"),
    Route("withdraw-name", "names/<slug:wanted>/withdraw", names_room.withdraw, "identity.withdraw", "POST"),
    Route("ask-name", "assessments/<str:name>/signals/<slug:signal>/name", names_room.ask, "identity.ask", "POST"),
    Route("own", "own", own_room.own, "own.see"),
    Route("own-signal", "own/<str:name>/<slug:signal>", own_room.rows, "own.see"),
    Route("contest", "own/contest", own_room.contest, "own.contest", "POST"),
    Route("desk", "desk", desk.desk, "desk.see"),
    Route("cuts", "desk/cuts", cuts_room.listing, "cut.see"),
    Route("ask-cut", "desk/cuts/ask", cuts_room.ask, "cut.ask", "POST"),
    Route("cut", "desk/cuts/<int:number>", cuts_room.one, "cut.see"),
    Route("agree-cut", "desk/cuts/<int:number>/agree", cuts_room.agree, "cut.answer", "POST"),
    Route("decline-cut", "desk/cuts/<int:number>/decline", cuts_room.decline, "cut.answer", "POST"),
    Route("sandbox", "desk/<slug:question>/sandbox", sandbox_room.try_it, "desk.see"),
    Route("make-year", "desk/<slug:question>/sandbox/year", sandbox_room.make_year, "sandbox.run", "POST"),
    Route("quarter", "desk/<slug:question>/quarter", quarter_room.quarterly, "desk.see"),
    Route("fairness", "desk/<slug:question>/fairness", fairness_room.fairness, "desk.see"),
    *(
        Route(f"act-{act}", f"charter/<slug:question>/{act}", partial(desk.act, act=act), f"charter.{act}", "POST")
        for act in desk.FIELDS
    ),
    Route("charter", "charter", charter_room.charter, "charter.see"),
    Route("dossier", "charter/<slug:question>", charter_room.dossier, "charter.see"),
    *(Route(*address) for address in ADDRESSES),
    *(Route(*address) for address in ACCESS),
    *(Route(*address) for address in RIGHTS),
    *(Route(*address) for address in EVALUATIONS),
    Route("controls", "controls", controls_room.listing, "controls.see"),
    Route("ledgers", "ledgers", ledger_room.ledgers, "ledger.see"),
    Route("ledger", "ledgers/<slug:which>", ledger_room.ledger, "ledger.see"),
    Route("inclusion", "ledgers/<slug:which>/entries/<int:entry>.proof", ledger_room.inclusion, "entries.read"),
    Route("growth", "ledgers/<slug:which>/since/<int:first>.growth", ledger_room.growth, "ledger.see"),
    Route("looks", "looks", ledger_room.looks, "looks.read"),
)
