"""Passkeys with a real browser and its virtual authenticator: what they open, and what they do not."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from test_sign_in import code_of
from workbench_office import Office, account, signed_in
from world import WHO

from arusha.workbench import accounts, models, passkeys
from arusha.workbench.account_seal import changing
from arusha.workbench.middleware import POLICY, WITH_SCRIPT
from arusha.workbench.models import Passkey

pytest.importorskip("webauthn", reason="passkeys need the package webauthn, of the extra workbench")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "a long first password"
SHOTS = os.environ.get("ARUSHA_SCREENSHOTS")
in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
pytestmark = in_browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def origin(office: Office) -> Iterator[str]:
    """The site for several people, at a name to which a browser binds keys."""
    from arusha.workbench.serve import _Handler, _Server
    from arusha.workbench.wsgi import application

    office.make_charter()
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://localhost:{server.server_port}"
        with override_settings(ARUSHA_ORIGIN=at):
            yield at
        server.shutdown()


@dataclass
class Somebody:
    """Somebody at a browser, with a virtual authenticator."""

    origin: str
    page: Any
    wire: Any
    key: str = ""

    def plug_in(self, *, verified: bool = True) -> None:
        """Another authenticator instead of the one before."""
        if self.key:
            self.wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.key})
        options = {
            "protocol": "ctap2",
            "transport": "usb",
            "hasUserVerification": True,
            "isUserVerified": verified,
            "automaticPresenceSimulation": True,
        }
        self.key = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        return list(self.wire.send("WebAuthn.getCredentials", {"authenticatorId": self.key})["credentials"])

    def hold(self, credential: dict[str, Any]) -> None:
        """Put a credential, private half and all, into the authenticator."""
        given = {k: v for k, v in credential.items() if k in KEPT_OF_CREDENTIALS}
        self.wire.send("WebAuthn.addCredential", {"authenticatorId": self.key, "credential": given})

    def to_second_factor(self, name: str = "analyst") -> None:
        self.page.context.clear_cookies()
        self.page.goto(f"{self.origin}/sign-in")
        self.page.fill("#account, [name=name]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main button.act")
        self.page.wait_for_url("**/second-factor")

    def with_app(self, name: str = "analyst") -> None:
        self.to_second_factor(name)
        device = TOTPDevice.objects.get(user__name=name)
        TOTPDevice.objects.update(last_t=-1)
        self.page.fill("#code", code_of(device))
        self.press("form[action$='/code'] button")
        self.page.wait_for_url(f"{self.origin}/")

    def with_key(self) -> str:
        """Sign in with the key; what the page says then."""
        self.to_second_factor()
        return self.press("form[data-passkey] button")

    def press(self, button: str) -> str:
        """Press a button that leads to another page; its main part."""
        with self.page.expect_navigation():
            self.page.locator(button).click()
        return str(self.page.inner_text("main"))

    def add(self, name: str = "drawer of the office") -> str:
        self.page.goto(f"{self.origin}/keys")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.press("form[action$='/begin'] button")
        return self.press("form[data-passkey] button")

    @property
    def inside(self) -> bool:
        self.page.goto(f"{self.origin}/sessions")
        return bool(self.page.url == f"{self.origin}/sessions")


KEPT_OF_CREDENTIALS = ("credentialId", "isResidentCredential", "rpId", "privateKey", "userHandle", "signCount")


@pytest.fixture
def somebody(origin: str, chromium: Any) -> Iterator[Somebody]:
    account("analyst")
    context = chromium.new_context(viewport={"width": 1024, "height": 900})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    made = Somebody(origin, page, wire)
    made.plug_in()
    yield made
    context.close()


@pytest.mark.control("AC-2", "AU-12")
def test_a_key_is_added_and_opens_what_the_role_opens_and_it_is_recorded(somebody: Somebody, office: Office) -> None:
    complaints: list[str] = []
    somebody.page.on("console", lambda message: complaints.append(message.text))
    somebody.with_app()
    assert "drawer of the office" in somebody.add()
    key = Passkey.objects.get()
    assert (key.user.name, len(somebody.credentials())) == ("analyst", 1)
    somebody.with_key()
    assert somebody.inside
    assert "/assessments" in somebody.page.content()
    assert Passkey.objects.get().sign_count > key.sign_count
    assert Passkey.objects.get().used_at is not None
    told = [(r.entry.kind, r.entry.actor, r.entry.subjects) for r in office.record.ledger.entries()]
    known = passkeys.name_in_ledger(key.credential)
    assert ("access.key-added", WHO["analyst"], (known,)) in told
    assert told[-1] == ("access.signed-in", WHO["analyst"], ("factor:passkey",))
    assert [c for c in complaints if not c.startswith("[DOM]")] == [], "nothing that the policy refused"


def test_the_password_alone_opens_nothing_and_a_key_alone_neither(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add()
    somebody.to_second_factor()
    assert not somebody.inside
    somebody.page.context.clear_cookies()
    answer = somebody.page.request.post(f"{somebody.origin}/sign-in/passkey", form={"answer": "{}"})
    assert answer.status == 403, "no form of ours"
    assert not somebody.inside


def test_a_key_that_did_not_verify_its_holder_is_not_taken(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add()
    somebody.wire.send("WebAuthn.setUserVerified", {"authenticatorId": somebody.key, "isUserVerified": False})
    somebody.to_second_factor()
    somebody.page.locator("form[data-passkey] button").click()
    somebody.page.wait_for_selector("#passkey-failed:not([hidden])")
    assert not somebody.inside


def answered(somebody: Somebody) -> tuple[str, str]:
    """What the browser would send to sign in, held back; and the word of the form."""
    held: list[str] = []

    def stop(route: Any) -> None:
        held.append(route.request.post_data or "")
        route.abort()

    somebody.to_second_factor()
    somebody.page.route("**/sign-in/passkey", stop)
    somebody.page.locator("form[data-passkey] button").click()
    somebody.page.wait_for_timeout(50)
    for _ in range(100):
        if held:
            break
        somebody.page.wait_for_timeout(50)
    somebody.page.unroute("**/sign-in/passkey")
    from urllib.parse import parse_qs

    form = parse_qs(held[0])
    return form["answer"][0], form["csrfmiddlewaretoken"][0]


def send(somebody: Somebody, answer: str, word: str) -> int:
    headers = {"Origin": somebody.origin, "Referer": f"{somebody.origin}/sign-in/second-factor"}
    form = {"answer": answer, "csrfmiddlewaretoken": word}
    sent = somebody.page.request.post(f"{somebody.origin}/sign-in/passkey", form=form, headers=headers, max_redirects=0)
    return int(sent.status)


def test_an_answer_is_taken_once_and_for_its_own_challenge(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add()
    answer, word = answered(somebody)
    session = somebody.page.context.cookies()
    assert send(somebody, answer, word) == 302
    assert somebody.inside
    # The same answer in the session that it was made for, which is no more; and in one with another challenge.
    somebody.page.context.clear_cookies()
    somebody.page.context.add_cookies(session)
    assert send(somebody, answer, word) == 302
    assert not somebody.inside
    _, word = answered(somebody)
    assert send(somebody, answer, word) == 400
    assert not somebody.inside


def test_a_challenge_is_gone_after_one_wrong_answer_and_after_five_minutes(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody.with_app()
    somebody.add()
    answer, word = answered(somebody)
    assert send(somebody, answer.replace('"id"', '"ID"'), word) == 400
    assert send(somebody, answer, word) == 400, "it was of use once"
    answer, word = answered(somebody)
    with monkeypatch.context() as later:
        later.setattr(passkeys, "LASTS", timedelta(seconds=-1))
        assert send(somebody, answer, word) == 400
    assert not somebody.inside
    assert models.Account.objects.get().failures == 3


def test_an_answer_for_another_site_is_not_taken(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add()
    answer, word = answered(somebody)
    with override_settings(ARUSHA_ORIGIN="https://integrity.customs.example"):
        assert send(somebody, answer, word) == 400
    answer, word = answered(somebody)
    with override_settings(ARUSHA_ORIGIN="http://localhost:1"):
        assert send(somebody, answer, word) == 400, "the same name, another port"
    assert not somebody.inside


def test_a_browser_gives_no_key_of_this_site_to_another(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add()
    somebody.to_second_factor()
    elsewhere = somebody.origin.replace("localhost", "127.0.0.1")
    options = somebody.page.get_attribute("form[data-passkey]", "data-options")
    script = (Path(passkeys.__file__).parent / "static" / "workbench" / "passkey.js").read_text("utf-8")
    somebody.page.goto(f"{elsewhere}/sign-in")
    somebody.page.evaluate(
        "options => { document.querySelector('main').innerHTML = '<p id=passkey-failed hidden>no</p>"
        "<form data-passkey=get><input name=answer><button>x</button></form>'; "
        "document.querySelector('form[data-passkey]').dataset.options = options; }",
        options,
    )
    somebody.page.evaluate(script)
    somebody.page.locator("form[data-passkey] button").click()
    somebody.page.wait_for_selector("#passkey-failed:not([hidden])")
    assert somebody.page.input_value("[name=answer]") == ""


@pytest.mark.control("AU-12")
def test_a_copied_key_opens_nothing_ends_its_sessions_and_is_recorded(somebody: Somebody, office: Office) -> None:
    somebody.with_app()
    somebody.add()
    copy = somebody.credentials()[0]
    somebody.with_key()
    somebody.with_key()
    session = somebody.page.context.cookies()
    somebody.plug_in()
    somebody.hold(copy)
    said = somebody.with_key()
    assert "may have been copied" in said
    assert not somebody.inside
    assert not Passkey.objects.exists()
    assert office.kinds()[-1] == "access.key-copied"
    somebody.page.context.clear_cookies()
    somebody.page.context.add_cookies(session)
    assert not somebody.inside, "what the key opened is shut"
    # Nor does the one that was copied; the app does, and the page says which key to remove.
    somebody.with_app()
    somebody.page.goto(f"{somebody.origin}/keys")
    assert "opens nothing any more" in somebody.page.inner_text("main")


def test_a_removed_key_opens_nothing_and_removal_asks_for_the_password(somebody: Somebody, office: Office) -> None:
    somebody.with_app()
    somebody.add()
    somebody.with_key()
    somebody.page.goto(f"{somebody.origin}/keys")
    somebody.page.locator("ul.keys summary").click()
    somebody.page.fill("ul.keys [name=password]", "not the password")
    assert "password is wrong" in somebody.press("ul.keys button.act")
    assert Passkey.objects.count() == 1
    somebody.page.locator("ul.keys summary").click()
    somebody.page.fill("ul.keys [name=password]", PASSWORD)
    somebody.press("ul.keys button.act")
    assert not Passkey.every.exists()
    assert office.kinds()[-1] == "access.key-removed"
    assert not somebody.inside, "the session that it opened is over"
    somebody.to_second_factor()
    assert somebody.page.locator("form[data-passkey]").count() == 0
    somebody.with_app()
    assert somebody.inside


def test_several_keys_stand_beside_each_other_and_one_is_added_once(somebody: Somebody) -> None:
    somebody.with_app()
    somebody.add("first")
    somebody.page.goto(f"{somebody.origin}/keys")
    somebody.page.fill("#name", "the same again")
    somebody.page.fill("#password", PASSWORD)
    somebody.press("form[action$='/begin'] button")
    somebody.page.locator("form[data-passkey] button").click()
    somebody.page.wait_for_selector("#passkey-failed:not([hidden])")
    somebody.plug_in()
    assert "second" in somebody.add("second")
    assert Passkey.objects.count() == 2
    somebody.with_key()
    assert somebody.inside


def test_one_factor_always_stays(somebody: Somebody, office: Office) -> None:
    somebody.with_app()
    somebody.add()
    somebody.page.goto(f"{somebody.origin}/keys")
    somebody.page.locator("main details summary").first.click()
    somebody.page.fill("#app-password", PASSWORD)
    somebody.press("form[action$='/app/remove'] button")
    assert office.kinds()[-1] == "access.app-removed"
    assert not somebody.inside, "the session that the app opened is over"
    somebody.with_key()
    somebody.page.goto(f"{somebody.origin}/keys")
    assert "last second factor" in somebody.page.inner_text("main")
    key = Passkey.objects.get()
    word = somebody.page.input_value("form[action$='/begin'] [name=csrfmiddlewaretoken]")
    forged = somebody.page.request.post(
        f"{somebody.origin}/keys/{key.pk}/remove",
        form={"password": PASSWORD, "csrfmiddlewaretoken": word},
        headers={"Origin": somebody.origin},
    )
    assert forged.status == 400
    assert Passkey.objects.count() == 1
    # A password alone never leads to a new second factor: neither with a key that is left nor with a copied one.
    for copied in (False, True):
        with changing(key.user):
            Passkey.every.update(copied=copied)
        somebody.to_second_factor()
        assert somebody.page.locator("code, .qr, #code").count() == 0
        assert not TOTPDevice.objects.exists()
        assert somebody.page.request.post(
            f"{somebody.origin}/sign-in/code",
            form={"code": "000000", "csrfmiddlewaretoken": somebody.page.input_value("[name=csrfmiddlewaretoken]")},
            headers={"Origin": somebody.origin},
        ).status in (400, 403)
        assert not TOTPDevice.objects.exists()
    assert "no second factor that can be used" in somebody.page.inner_text("main")


def test_only_pages_that_ask_for_a_key_run_the_script_of_the_site(somebody: Somebody) -> None:
    with_script, without = [], []
    somebody.page.on(
        "response",
        lambda r: (with_script if r.headers.get("content-security-policy") == WITH_SCRIPT else without).append(
            r.url.removeprefix(somebody.origin)
        ),
    )
    somebody.with_app()
    somebody.add()
    somebody.page.goto(f"{somebody.origin}/keys")
    somebody.to_second_factor()
    assert set(with_script) == {"/keys/begin", "/sign-in/second-factor"}
    assert {"/keys", "/sign-in", "/"} <= set(without)
    assert "script-src" not in POLICY
    assert f"{POLICY}; script-src 'self'" == WITH_SCRIPT


def test_without_a_script_the_app_signs_in_and_the_page_says_so(somebody: Somebody, chromium: Any) -> None:
    somebody.with_app()
    somebody.add()
    context = chromium.new_context(java_script_enabled=False)
    other = Somebody(somebody.origin, context.new_page(), None)
    other.to_second_factor()
    assert "script, which is switched off" in other.page.inner_text("main")
    other.with_app()
    assert other.inside
    context.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_on_the_pages_of_keys(lang: str, somebody: Somebody) -> None:
    from test_browser import look_over

    somebody.page.set_viewport_size({"width": 768, "height": 1024})
    somebody.with_app()
    somebody.press(f'button[value="{lang}"]')
    somebody.page.goto(f"{somebody.origin}/keys")
    look_over(somebody.page, "keys-none", lang, 768)
    somebody.add("drawer 1")
    somebody.page.locator("main details summary").first.click()
    look_over(somebody.page, "keys", lang, 768)
    somebody.page.fill("#name", "drawer 2")
    somebody.page.fill("#password", "wrong")
    somebody.press("form[action$='/begin'] button")
    look_over(somebody.page, "keys-problem", lang, 768)
    somebody.page.fill("#name", "drawer 2")
    somebody.page.fill("#password", PASSWORD)
    somebody.press("form[action$='/begin'] button")
    look_over(somebody.page, "key-new", lang, 768)
    somebody.page.goto(f"{somebody.origin}/sessions")
    look_over(somebody.page, "sessions", lang, 768)
    cookie = next(c for c in somebody.page.context.cookies() if c["name"] == "language")
    somebody.to_second_factor()
    somebody.page.context.add_cookies([cookie])
    somebody.page.goto(f"{somebody.origin}/sign-in/second-factor")
    look_over(somebody.page, "second-factor-key", lang, 768)


def test_mistakes_with_the_password_lock_the_account_here_too(office: Office) -> None:
    office.make_charter()
    client = signed_in("analyst")
    with override_settings(ARUSHA_ORIGIN="https://integrity.customs.example"):
        for _ in range(5):
            assert client.post("/keys/begin", {"name": "x", "password": "wrong"}).status_code == 400
        assert client.post("/keys/begin", {"name": "x", "password": PASSWORD}).status_code == 400
    assert office.kinds()[-1] == "access.locked"


@pytest.mark.parametrize(
    "named", ["", "http://integrity.customs.example", "https://", "https://x.example/path", "ftp://localhost", "x"]
)
def test_no_key_is_offered_where_the_site_has_no_address_of_its_own(named: str, office: Office) -> None:
    office.make_charter()
    client = signed_in("analyst")
    with override_settings(ARUSHA_ORIGIN=named):
        html = client.get("/keys").content.decode()
        assert "does not offer passkeys" in html
        assert 'id="name"' not in html
        assert client.post("/keys/begin", {"name": "x", "password": PASSWORD}).status_code == 404
        assert client.post("/keys/add", {"answer": "{}"}).status_code == 404


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "{", '{"id": "eA", "rawId": "eA", "response": {}}', "\x00"])
def test_a_crafted_answer_is_no_key(answer: str, office: Office) -> None:
    office.make_charter()
    client = signed_in("analyst")
    with override_settings(ARUSHA_ORIGIN="https://integrity.customs.example"):
        made = client.post("/keys/begin", {"name": "x", "password": PASSWORD}).content.decode()
        told = re.search(r'data-options="([^"]+)"', made)
        assert told
        assert (
            json.loads(told.group(1).replace("&#34;", '"'))["authenticatorSelection"]["userVerification"] == "required"
        )
        assert client.post("/keys/add", {"answer": answer}).status_code == 400
        assert client.post("/keys/add", {"answer": answer}).status_code == 400
    assert not Passkey.every.exists()


def test_nobody_removes_the_key_of_somebody_else_and_solo_has_none(office: Office) -> None:
    assert Client().get("/keys").status_code == 302
    office.make_charter()
    key = Passkey.every.create(user=account("investigator"), name="x", credential="eA", public_key=b"x")
    client = signed_in("analyst")
    assert client.post(f"/keys/{key.pk}/remove", {"password": PASSWORD}).status_code == 404
    assert Passkey.every.count() == 1


def test_a_new_first_password_takes_every_factor_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.make_charter()
    made = account("analyst")
    Passkey.every.create(user=made, name="x", credential="eA", public_key=b"x")
    monkeypatch.setattr(accounts, "prepare_for", lambda workspace: None)
    accounts.make_account(office.workspace, "analyst", WHO["analyst"])
    assert not Passkey.every.exists()
    assert models.Account.objects.get(name="analyst").first


def test_sessions_of_a_key_end_when_it_is_copied(office: Office) -> None:
    office.make_charter()
    client = signed_in("analyst")
    key = Passkey.every.create(user=models.Account.objects.get(), name="x", credential="eA", public_key=b"x")
    session = Session.objects.get()
    store = client.session
    store["otp_device_id"] = key.persistent_id
    store.save()
    assert client.get("/keys").status_code == 200
    Passkey.every.update(copied=True)
    assert client.get("/keys").status_code == 302
    assert session.expire_date > timezone.now()
