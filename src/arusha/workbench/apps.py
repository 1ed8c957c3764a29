"""The workbench as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class Workbench(AppConfig):
    """One application: accounts and jobs are its only tables; what people do is in ledgers."""

    name = "arusha.workbench"
    label = "workbench"
