"""Who can write to the table of accounts acts as nobody by it."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from test_sign_in import PASSWORD, code_of
from workbench_office import account, signed_in
from world import WHO

from arusha.errors import ArushaError
from arusha.workbench import account_seal, accounts, models
from arusha.workbench.account_seal import ALTERED, SEALED, WRITTEN, altered, changing, holds
from arusha.workbench.checks import check
from arusha.workbench.record import Record


@pytest.fixture
def shared(office):
    office.make_charter()
    return office


def give(client, name, password, code=True):
    """The answer to a name and password, and to the app's code where one is asked."""
    answer = client.post("/sign-in/password", {"name": name, "password": password})
    if answer.status_code != 302 or not code:
        return answer
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
    return client.post("/sign-in/code", {"code": code_of(TOTPDevice.objects.get(user__name=name))})


def with_app(role):
    made = account(role, PASSWORD)
    with changing(made):
        TOTPDevice.objects.create(user=made, name="app", confirmed=True)
    return made


def recorded(shared, kind):
    ledger = Record(shared.home).ledger
    return [r.entry for r in ledger.entries(0, len(ledger)) if r.entry.kind == kind]


def test_an_account_that_the_program_made_opens(shared):
    with_app("investigator")
    answer = give(Client(), "investigator", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert recorded(shared, ALTERED) == []


@pytest.mark.control("AC-3", "AU-9", never=True)
@pytest.mark.parametrize("how", ["pseudonym", "password", "app-taken-away", "app-replaced", "opened-again", "new-row"])
def test_who_writes_into_the_table_of_accounts_acts_as_nobody(shared, how, monkeypatch):
    """As an administrator of the data base would: their own account, or a password of their own in another's."""
    mine, theirs = with_app("administrator"), with_app("investigator")
    name, password = "investigator", PASSWORD
    rows = models.Account.objects
    if how == "pseudonym":
        rows.filter(pk=theirs.pk).delete()
        rows.filter(pk=mine.pk).update(pseudonym=WHO["investigator"])
        name = "administrator"
    elif how == "password":
        password = "chosen by the administrator"
        rows.filter(pk=theirs.pk).update(password=make_password(password))
    elif how == "app-taken-away":
        TOTPDevice.objects.filter(user=theirs).delete()
    elif how == "app-replaced":
        TOTPDevice.objects.filter(user=theirs).update(key="ab" * 20)
    elif how == "opened-again":
        with changing(theirs):
            rows.filter(pk=theirs.pk).update(is_active=False)
        rows.filter(pk=theirs.pk).update(is_active=True)
    else:
        name = "a new one"
        rows.bulk_create(
            [models.Account(name=name, pseudonym=WHO["internal-auditor"], password=make_password(PASSWORD))]
        )
    assert altered(Record(shared.home).ledger) == [name]
    client = Client()
    answer = give(client, name, password)
    assert answer.status_code == 403
    assert "was changed from outside the program" in answer.content.decode()
    assert client.get("/alerts").status_code in (302, 403, 404)
    assert recorded(shared, ALTERED)
    # made anew by whoever makes accounts, which is recorded too, it opens again
    monkeypatch.setattr(accounts, "prepare_for", lambda *a: "")
    own = WHO["administrator"] if how == "pseudonym" else rows.get(name=name).pseudonym
    first = accounts.make_account(shared.workspace, name, own)
    assert altered(Record(shared.home).ledger) == []
    assert give(Client(), name, first, code=False).status_code == 302


def test_a_wrong_password_for_an_altered_account_is_answered_as_any(shared):
    made = with_app("investigator")
    models.Account.objects.filter(pk=made.pk).update(pseudonym=WHO["internal-auditor"])
    answer = give(Client(), "investigator", "another long password")
    assert answer.status_code == 400
    assert "outside the program" not in answer.content.decode()


def test_a_pseudonym_that_changes_under_a_session_ends_it(shared):
    client = signed_in("administrator")
    assert client.get("/accounts").status_code == 200
    models.Account.objects.filter(name="administrator").update(pseudonym=WHO["internal-auditor"])
    assert client.get("/accounts").status_code in (302, 403, 404)
    assert client.get("/looks").status_code in (302, 403, 404)


def test_what_is_put_back_as_it_was_before_opens_nothing(shared):
    """The first password, which the administrator knows, after another was chosen."""
    made = with_app("investigator")
    old = models.Account.objects.get(pk=made.pk).password
    new_password(made, "one that the administrator does not know")
    models.Account.objects.filter(pk=made.pk).update(password=old)
    assert not holds(made)


def new_password(account, password):
    with changing(account):
        account.set_password(password)
        account.save()


class StruckError(RuntimeError):
    """The power went."""


def test_a_change_cut_off_before_the_tables_have_it_leaves_the_account_as_it_was(shared, monkeypatch):
    made = with_app("investigator")

    def go_out(record, kind, actor, *subjects, **words):
        found = add(record, kind, actor, *subjects, **words)
        if kind == SEALED:
            raise StruckError
        return found

    add = Record.add
    monkeypatch.setattr(Record, "add", go_out)
    with pytest.raises(StruckError):
        new_password(made, "a password that never came to be")
    monkeypatch.undo()
    assert holds(models.Account.objects.get(pk=made.pk))
    assert give(Client(), "investigator", PASSWORD).status_code == 302


def test_a_change_cut_off_after_the_tables_have_it_holds(shared, monkeypatch):
    made = with_app("investigator")

    def go_out(record, kind, actor, *subjects, **words):
        if kind == WRITTEN:
            raise StruckError
        return add(record, kind, actor, *subjects, **words)

    add = Record.add
    monkeypatch.setattr(Record, "add", go_out)
    with pytest.raises(StruckError):
        new_password(made, "a password that came to be so")
    monkeypatch.undo()
    assert give(Client(), "investigator", "a password that came to be so").status_code == 302


def test_nothing_that_is_written_over_an_altered_account_makes_it_good(shared):
    made = with_app("investigator")
    models.Account.objects.filter(pk=made.pk).update(pseudonym=WHO["internal-auditor"])
    altered_one = models.Account.objects.get(pk=made.pk)
    with pytest.raises(ArushaError, match="outside the program"):
        new_password(altered_one, "another long password")
    assert models.Account.objects.get(pk=made.pk).check_password(PASSWORD)


def test_the_seal_tells_nothing_that_can_be_guessed(shared):
    """Two accounts of one password, and one account made twice, have other seals: the salt of its hash is in it."""
    one, other = with_app("investigator"), with_app("analyst")
    seals = {account_seal.seal_of(one), account_seal.seal_of(other)}
    new_password(one, PASSWORD)
    assert len(seals | {account_seal.seal_of(one)}) == 3


def test_the_check_before_a_site_opens_names_the_altered_account(shared):
    made = with_app("investigator")
    told = {one.name: one for one in check(shared.workspace)}
    assert told["accounts"].ok
    models.Account.objects.filter(pk=made.pk).update(pseudonym=WHO["internal-auditor"])
    told = {one.name: one for one in check(shared.workspace)}
    assert "changed from outside the program: investigator" in told["accounts"].said
