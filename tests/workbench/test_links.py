"""Every link that a page shows to somebody leads to a page that is open to them: no dead end and no refusal."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import resolve
from examplia import Examplia
from workbench_office import page

from arusha.charter import ROLES
from arusha.workbench.demo_office import person

NOBODY = ("subject", "representative")


def one_of_a_kind(at: str) -> tuple[str, str]:
    """Pages of one template stand for each other; a demo's own records and a file are two kinds of one."""
    match = resolve(at.partition("?")[0])
    return str(match.url_name), str(match.kwargs.get("panel", ""))


def followed(client: Client) -> set[str]:
    """Every kind of page that links lead to, from Welcome on; each answers with a page."""
    seen: set[tuple[str, str]] = set()
    found, ahead = set(), ["/"]
    while ahead:
        at = ahead.pop()
        if at.startswith("/static/") or one_of_a_kind(at) in seen:
            continue
        seen.add(one_of_a_kind(at))
        found.add(at)
        ahead += re.findall(r'href="(/[^"#]*)"', page(client, at).replace("&amp;", "&"))
    return found


def test_no_link_of_any_role_leads_to_a_refusal_or_to_nothing(examplia: Examplia) -> None:
    seen = {role: followed(examplia.acting_as(person(role))) for role in ROLES if role not in NOBODY}
    own = next(who for who, held in examplia.charter().state().roles.items() if "subject" in held)
    seen["subject"] = followed(examplia.acting_as(own))
    assert all(len(pages) >= 4 for pages in seen.values())
    assert "/governance/lineage" in seen["investigator"], "whom governance is not open to"
    assert any(at.startswith("/evaluations/panels/") for at in seen["programme-manager"])
