"""The application for gunicorn: ``gunicorn arusha.workbench.wsgi``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arusha.workbench.settings")
application = get_wsgi_application()

from arusha.workbench.warm import warm_up  # noqa: E402 - needs the application's settings

warm_up()
