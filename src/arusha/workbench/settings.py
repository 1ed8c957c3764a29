"""Django's settings, from the environment alone; docs/workbench.md lists every variable.

A laptop needs none: ``arusha serve`` sets them. An administration sets them for gunicorn.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent

ARUSHA_WORKSPACE = os.environ.get("ARUSHA_WORKSPACE", "")
ARUSHA_ASSESSMENTS = [a for a in os.environ.get("ARUSHA_ASSESSMENTS", "").split(os.pathsep) if a]
ARUSHA_HOME = os.environ.get("ARUSHA_HOME") or str(Path(ARUSHA_WORKSPACE or ".") / "workbench")
ARUSHA_ENTRY = os.environ.get("ARUSHA_ENTRY", "")
"""Solo and demo: the word in the address that opens the site, so that no other user of this machine gets in."""
ARUSHA_EXTRACTS = os.environ.get("ARUSHA_EXTRACTS", "")
"""A folder of this computer whose folders are extracts that may be loaded; none where it is not set."""
ARUSHA_UPLOAD_MB = int(os.environ.get("ARUSHA_UPLOAD_MB", "2000"))
"""The most that one upload may hold, as sent and unpacked; 0 for no uploads."""
ARUSHA_KEY_FILE = os.environ.get("ARUSHA_KEY_FILE", "")
"""Key of the pseudonyms; ``NAME.key`` beside the workspace if not given."""
ARUSHA_ORIGIN = os.environ.get("ARUSHA_ORIGIN", "")
"""Where people open the site, such as ``https://integrity.customs.example``: passkeys are bound to it."""
ARUSHA_OUTBOX = os.environ.get("ARUSHA_OUTBOX", "")
"""A folder into which notices that something waits are written, for the administration's own mail relay to take."""
ARUSHA_MAIL_DOMAIN = os.environ.get("ARUSHA_MAIL_DOMAIN", "")
"""The domain of the addresses: a sign-in name is the part before it."""
ARUSHA_MAIL_LANG = os.environ.get("ARUSHA_MAIL_LANG", "en")
"""Language of the notices."""
ARUSHA_SEAL_TO = os.environ.get("ARUSHA_SEAL_TO", "")
"""Public key of the key holders."""


def _secret() -> str:
    path = os.environ.get("ARUSHA_SECRET_FILE")
    return Path(path).read_text("utf-8").strip() if path else secrets.token_urlsafe(48)


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ARUSHA_HOSTS", "127.0.0.1 localhost").split()
_HTTPS = os.environ.get("ARUSHA_HTTPS", "") == "yes"
if not ARUSHA_ORIGIN and _HTTPS and len(ALLOWED_HOSTS) == 1:
    ARUSHA_ORIGIN = f"https://{ALLOWED_HOSTS[0]}"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "arusha.workbench.apps.Workbench",
]
MIDDLEWARE = [
    "arusha.workbench.middleware.headers",
    "arusha.workbench.middleware.sizes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
]
ROOT_URLCONF = "arusha.workbench.urls"
WSGI_APPLICATION = "arusha.workbench.wsgi.application"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(ARUSHA_HOME) / "accounts.sqlite3"),
        # The site and its worker write to one file: each waits for its turn, and what was confirmed is on the disk.
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        },
    }
}
if os.environ.get("ARUSHA_POSTGRESQL"):
    # A libpq service name keeps host, user and password in files of their own.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "",
            "OPTIONS": {"service": os.environ["ARUSHA_POSTGRESQL"]},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "workbench.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
OTP_TOTP_ISSUER = "Arusha"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "arusha.workbench.refusals.forged"
DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = str(_HERE / "static")

USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"err": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["err"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
