"""Signing in: two factors, lockout, one answer to all mistakes, new session keys, sessions that can be ended."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from workbench_office import Office, account, signed_in
from world import WHO

from arusha.errors import ArushaError
from arusha.workbench import accounts, models

PASSWORD = "a long first password"


@pytest.fixture
def shared(office: Office) -> Office:
    office.make_charter()
    return office


def code_of(device: TOTPDevice, drift: int = 0) -> str:
    made = TOTP(device.bin_key, device.step, device.t0, device.digits)
    made.time = time.time() + drift * device.step
    return f"{made.token():06d}"


def both_factors(client: Client, name: str = "analyst", password: str = PASSWORD, **more: str) -> object:
    assert client.post("/sign-in/password", {"name": name, "password": password}).status_code == 302
    client.get("/sign-in/second-factor")
    device = TOTPDevice.objects.get(user__name=name)
    return client.post("/sign-in/code", {"code": code_of(device), **more})


def test_a_password_is_kept_as_an_argon2id_hash(shared: Office) -> None:
    assert account("analyst").password.startswith("argon2$argon2id$")


def test_a_password_alone_opens_nothing(shared: Office) -> None:
    account("analyst")
    client = Client()
    assert client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD}).status_code == 302
    assert client.get("/assessments")["Location"] == "/sign-in"


@pytest.mark.control("AC-2", "AU-12")
def test_both_factors_open_what_the_role_opens_and_it_is_recorded(shared: Office) -> None:
    account("analyst")
    client = Client()
    assert both_factors(client).status_code == 302
    assert client.get("/assessments").status_code == 200
    assert "access.signed-in" in shared.kinds()


def test_a_first_password_must_be_replaced_by_another_good_one(shared: Office) -> None:
    models.Account.objects.make("analyst", WHO["analyst"], PASSWORD)
    client = Client()
    for new in ("", "short", "password1234", PASSWORD):
        assert both_factors(client, new=new).status_code == 400
        TOTPDevice.objects.update(last_t=-1)
    assert both_factors(client, new="another long password").status_code == 302
    assert models.Account.objects.get().check_password("another long password")


def test_a_code_works_once(shared: Office) -> None:
    account("analyst")
    assert both_factors(Client()).status_code == 302
    # The very code that opened: a new one, thirty seconds on, is good again.
    device = TOTPDevice.objects.get(user__name="analyst")
    used = TOTP(device.bin_key, device.step, device.t0, device.digits)
    used.time = device.t0 + device.last_t * device.step
    assert both_factors(Client(), code=f"{used.token():06d}").status_code == 400
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
    assert both_factors(Client(), code=f"{used.token():06d}").status_code == 302, "only its use kept it out"


def test_a_wrong_name_a_wrong_password_and_a_locked_account_are_answered_alike(shared: Office) -> None:
    import re

    held = account("analyst")
    client = Client()
    answers = [client.post("/sign-in/password", {"name": n, "password": "x" * 12}) for n in ("nobody", "analyst")]
    models.Account.objects.filter(pk=held.pk).update(locked_until=timezone.now() + timedelta(minutes=5))
    answers.append(client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD}))
    assert {a.status_code for a in answers} == {400}
    assert len({re.sub(r'value="[^"]{64}"', "", a.content.decode()) for a in answers}) == 1


@pytest.mark.control("AC-7")
def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(shared: Office) -> None:
    held = account("analyst")
    client = Client()
    for _ in range(5):
        client.post("/sign-in/password", {"name": "analyst", "password": "wrong"})
    assert client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD}).status_code == 400
    assert "access.locked" in shared.kinds()
    models.Account.objects.filter(pk=held.pk).update(locked_until=timezone.now() - timedelta(seconds=1))
    assert client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD}).status_code == 302


@pytest.mark.control("AC-7")
def test_wrong_codes_lock_the_account_too(shared: Office) -> None:
    account("analyst")
    client = Client()
    client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD})
    client.get("/sign-in/second-factor")
    device = TOTPDevice.objects.get()
    for _ in range(5):
        client.post("/sign-in/code", {"code": "000000"})
        TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/sign-in/code", {"code": code_of(device)}).status_code == 400
    assert models.Account.objects.get().locked


def test_a_session_key_planted_before_signing_in_is_worth_nothing_after(shared: Office) -> None:
    account("analyst")
    victim, planter = Client(), Client()
    planter.get("/sign-in")
    victim.post("/sign-in/password", {"name": "analyst", "password": PASSWORD})
    planted = victim.cookies["sessionid"].value
    victim.get("/sign-in/second-factor")
    victim.post("/sign-in/code", {"code": code_of(TOTPDevice.objects.get())})
    assert victim.cookies["sessionid"].value != planted
    planter.cookies["sessionid"] = planted
    assert planter.get("/assessments")["Location"] == "/sign-in"
    assert not Session.objects.filter(session_key=planted).exists()


def test_the_secret_is_shown_until_it_is_confirmed_and_never_again(shared: Office) -> None:
    account("analyst")
    client = Client()
    client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD})
    assert "<svg" in client.get("/sign-in/second-factor").content.decode()
    both_factors(client)
    again = Client()
    again.post("/sign-in/password", {"name": "analyst", "password": PASSWORD})
    assert "<svg" not in again.get("/sign-in/second-factor").content.decode()


def test_other_sessions_are_listed_and_ended(shared: Office) -> None:
    one, other = signed_in("analyst"), signed_in("analyst")
    stranger = signed_in("integrity-lead")
    assert one.get("/sessions").content.decode().count('<th scope="row"') == 2
    one.post("/sessions/end-others")
    assert other.get("/sessions")["Location"] == "/sign-in"
    assert one.get("/sessions").status_code == stranger.get("/sessions").status_code == 200
    one.post("/sign-out")
    assert one.get("/sessions")["Location"] == "/sign-in"


@pytest.mark.control("AC-2", "AC-6")
def test_the_administrator_unlocks_and_closes_accounts_and_sees_no_pseudonym(shared: Office) -> None:
    held = account("analyst")
    models.Account.objects.filter(pk=held.pk).update(locked_until=timezone.now() + timedelta(minutes=5))
    client, analyst = signed_in("administrator"), signed_in("analyst")
    html = client.get("/accounts").content.decode()
    assert WHO["analyst"] not in html
    client.post(f"/accounts/{held.pk}/unlock")
    assert not models.Account.objects.get(pk=held.pk).locked
    assert analyst.get("/assessments").status_code == 200
    client.post(f"/accounts/{held.pk}/close")
    assert analyst.get("/assessments")["Location"] == "/sign-in"
    assert client.post("/accounts/999/close").status_code == 404


@pytest.mark.control("AC-2", "AC-3(2)", "5.3.3", "8.4")
def test_two_people_grant_a_role_and_nobody_grants_to_themselves(shared: Office) -> None:
    newcomer = "P-5000-TEST-0000"
    lead, auditor = signed_in("integrity-lead"), signed_in("internal-auditor")
    lead.post("/people/grant", {"person": newcomer, "role": "analyst"})
    assert not shared.charter().state().holds(newcomer, "analyst")
    assert lead.post("/people/grant", {"person": newcomer, "role": "analyst"}).status_code == 400
    auditor.post("/people/grant", {"person": newcomer, "role": "analyst"})
    assert shared.charter().state().holds(newcomer, "analyst")
    assert lead.post("/people/grant", {"person": WHO["integrity-lead"], "role": "analyst"}).status_code == 400


def test_an_account_of_the_command_line(shared: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "prepare_for", lambda *a: "")
    first = accounts.make_account(shared.workspace, "analyst 1", WHO["analyst"])
    assert models.Account.objects.get().check_password(first)
    again = accounts.make_account(shared.workspace, "analyst 1", WHO["analyst"])
    assert again != first
    assert models.Account.objects.get().check_password(again)
    for name, pseudonym in (
        ("other", WHO["analyst"]),
        ("analyst 1", WHO["investigator"]),
        ("x", "Jane"),
        (" ", "P-1111-TEST-0000"),
    ):
        with pytest.raises(ArushaError):
            accounts.make_account(shared.workspace, name, pseudonym)


def test_solo_and_demo_have_no_way_to_sign_in_and_shared_no_entry_word(office: Office) -> None:
    client = Client()
    assert client.get("/sign-in").status_code == 404
    assert client.get("/enter/wrong").status_code == 404
    office.make_charter()
    assert client.get("/enter/the-word-of-the-terminal").status_code == 404


def test_the_entry_word_changes_the_session_key(office: Office) -> None:
    client = Client()
    client.get("/enter/the-word-of-the-terminal")
    before = client.cookies["sessionid"].value
    client.get("/enter/the-word-of-the-terminal")
    assert client.cookies["sessionid"].value != before


def test_cookies_are_strict_and_out_of_reach_of_scripts(shared: Office) -> None:
    account("analyst")
    client = Client()
    client.get("/sign-in")
    client.post("/sign-in/password", {"name": "analyst", "password": PASSWORD})
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["samesite"] == "Strict"
        assert client.cookies[name]["httponly"]


def test_the_browser_opens_where_one_gets_in(office: Office) -> None:
    from arusha.workbench.serve import first_page

    assert first_page("word") == "/enter/word"
    office.make_charter()
    assert first_page("word") == "/"
