"""Addresses for Django, from the table of routes."""

from __future__ import annotations

from django.urls import path

from arusha.workbench.routes import ROUTES

urlpatterns = [path(route.path, route, name=route.name) for route in ROUTES]
handler404 = "arusha.workbench.refusals.absent"
