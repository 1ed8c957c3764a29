"""Accounts: a sign-in name, the pseudonym that it acts under, a password's hash. No role is kept here."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


class Accounts(BaseUserManager["Account"]):
    """How accounts are made."""

    def make(self, name: str, pseudonym: str, password: str) -> Account:
        """An account with its password hashed (Argon2id)."""
        account = self.model(name=name, pseudonym=pseudonym)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
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
