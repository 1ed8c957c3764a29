"""Accounts: a sign-in name, its pseudonym, a password's hash; and jobs of the worker. No role is kept here."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django_otp.models import Device

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


class Accounts(BaseUserManager["Account"]):
    """How accounts are made."""

    def make(self, name: str, pseudonym: str, password: str) -> Account:
        """An account with its password hashed (Argon2id)."""
        from arusha.workbench.account_seal import changing

        account = self.model(name=name, pseudonym=pseudonym)
        account.set_password(password)
        with changing(account, whatever_it_was=True):
            account.save()
        return account


class Account(AbstractBaseUser):  # type: ignore[django-manager-missing]  # of Passkey, whose base has no types
    """Somebody who can sign in. What they may do, the charter says of their pseudonym."""

    name = models.CharField(max_length=60, unique=True)
    pseudonym = models.CharField(max_length=16, unique=True)
    first = models.BooleanField(default=True)
    """Whether the password is still the one that was handed over."""
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "name"

    @property
    def locked(self) -> bool:
        """Whether too many wrong passwords or codes were given lately."""
        return self.locked_until is not None and self.locked_until > timezone.now()

    def failed(self) -> None:
        """Count a wrong password or code; after five the account is locked for a quarter of an hour."""
        type(self).objects.filter(pk=self.pk).update(failures=models.F("failures") + 1)
        self.refresh_from_db()
        if self.failures >= MOST_FAILURES:
            self.failures, self.locked_until = 0, timezone.now() + LOCKED_FOR
            self.save(update_fields=["failures", "locked_until"])

    def succeeded(self) -> None:
        """Forget earlier failures."""
        self.failures, self.locked_until = 0, None
        self.save(update_fields=["failures", "locked_until"])


class Trusted(models.Manager["Passkey"]):
    """The keys that open something: not those that were copied."""

    def get_queryset(self) -> models.QuerySet[Passkey]:
        """Without copied ones; sessions are looked up here too, so that those of a copied key end."""
        return super().get_queryset().filter(copied=False)


class Passkey(Device):  # type: ignore[misc]  # django-otp has no types
    """A key that signs for this site alone (WebAuthn). Its private half never leaves it, and is not known here."""

    credential = models.CharField(max_length=1400, unique=True)
    """Its id, base64url; at most 1,023 bytes by the standard."""
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)
    copied = models.BooleanField(default=False)
    """Whether it gave a count that it had passed already: two hold it."""

    every: ClassVar[models.Manager[Passkey]] = models.Manager()
    objects: ClassVar[Trusted] = Trusted()


class Job(models.Model):
    """One errand of the worker: looking at an extract, loading it, or assessing.

    The ledger says who asked and how it ended; this row says what the worker needs, and how far it is.
    """

    WAITING, RUNNING, DONE = "waiting", "running", "done"
    FAILED, STOPPED, INTERRUPTED = "failed", "stopped", "interrupted"

    key = models.CharField(max_length=16, unique=True)
    """Its name in addresses and, as ``job:KEY``, in the ledger."""
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default=WAITING)
    asked_by = models.CharField(max_length=16)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    given = models.JSONField(default=dict)
    """What the errand needs: folder, mapping, plan, place of the result."""
    told = models.JSONField(default=dict)
    """What it answered."""
    step = models.CharField(max_length=200, default="")
    progress = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    problem = models.TextField(default="")
    remedy = models.TextField(default="")

    class Meta:
        """Which jobs wait is asked twice a second."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "id"], name="job_state")]

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (self.WAITING, self.RUNNING)
