"""Settings of every installation. The environment is read through `casa.settings.env` only.

Each `CASA_*` name stands in docs/operators.md; a test compares the two.
"""

from pathlib import Path
from typing import Any

import bootstrap_italia_template
from csp.constants import NONE, SELF

from casa.settings import env

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = env.folder("CASA_DATA_DIR", ROOT / "var")

DEBUG = False
SECRET_KEY = env.secret("CASA_SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.words("CASA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_ADDRESS = env.text("CASA_SITE_ADDRESS", f"http://127.0.0.1:{env.number('CASA_PORT', 8000)}")
SOURCE_ADDRESS = env.text("CASA_SOURCE_ADDRESS", "")  # where this code can be had, for the footer

DEMO = env.flag("CASA_DEMO", default=True)  # accounts to try the house with, on the first run

# Bottom to top: the order is the order of the layers in pyproject.toml.
CASA_ROOMS = [
    "casa.foundation",
    "casa.registry",
    "casa.notices",
    "casa.search",
    "casa.guide",
    "casa.intake",
    "casa.casework",
    "casa.library",
    "casa.dossier",
    "casa.portal",
]
INSTALLED_APPS = [
    "casa.registry.apps.BackOfficeConfig",  # Django's admin behind our own door
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *CASA_ROOMS,  # before allauth: our templates stand in for its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_linear_migrations",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]
MIDDLEWARE = [
    "casa.foundation.middleware.drop_nul",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casa.registry.middleware.attach_actor",
    "casa.foundation.middleware.explain_wrong_way",
    "casa.foundation.middleware.show_refusals",
    "casa.registry.middleware.demand_strong_login",
]
ROOT_URLCONF = "casa.urls"
WSGI_APPLICATION = "casa.wsgi.application"
FORM_RENDERER = "casa.foundation.components.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "casa" / "foundation" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "casa.foundation.templatetags.casa",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casa.foundation.context.house",
                "casa.registry.context.acting",
            ],
        },
    }
]

DATABASES = {"default": env.database("CASA_DATABASE_URL")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
        # Above this Django drops rows in the order of their keys, counters of limits included: so
        # it is out of reach, and `foundation.upkeep` deletes what has expired.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": True,
        "QUEUES": ["default", "mail"],  # casa.foundation.queues
    }
}

# Log-in
AUTH_USER_MODEL = "registry.Person"
# An e-mail is unique where there is one (`one_person_per_email`); some persons have none.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "given_name", "family_name"]},
    },
    {"NAME": "casa.registry.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Casa dei Comuni] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "casa.registry.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "casa.registry.forms.account.LoginForm",
    "signup": "casa.registry.forms.account.SignupForm",
    "reset_password": "casa.registry.forms.account.ResetPasswordForm",
    "reset_password_from_key": "casa.registry.forms.account.NewPasswordForm",
    "set_password": "casa.registry.forms.account.SetPasswordForm",
    "change_password": "casa.registry.forms.account.ChangePasswordForm",
    "reauthenticate": "casa.registry.forms.account.ReauthenticateForm",
}
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that has just signed up
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one replaces it once confirmed
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, the others end
ACCOUNT_EMAIL_NOTIFICATIONS = True  # password and second factor changed: the person is told
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "30/h/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("CASA_TRUSTED_PROXIES", 0)
MFA_ADAPTER = "casa.registry.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "casa.registry.forms.account.CodeForm",
    "reauthenticate": "casa.registry.forms.account.CodeAgainForm",
    "activate_totp": "casa.registry.forms.account.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # log-in asks for a confirmed one; a second one is a change
MFA_TOTP_ISSUER = "Casa dei Comuni"
MFA_TOTP_TOLERANCE = 1  # a code typed while it changes is still good

# Mail: printed by the worker unless a server is named.
EMAIL_BACKEND = env.text("CASA_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("CASA_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("CASA_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("CASA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("CASA_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("CASA_EMAIL_TLS")
EMAIL_TIMEOUT = 10
CONTACT_EMAIL = env.text("CASA_CONTACT_EMAIL", "")  # shown on the pages to whoever needs help
DEFAULT_FROM_EMAIL = env.text("CASA_EMAIL_FROM", "Casa dei Comuni <noreply@localhost>")

# Language, time, numbers
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Requests: what is not for bringing files in is small (see foundation.bridge)
TEMP_DIR = DATA_DIR / "tmp"
WEB_THREADS = 10  # a log-in takes 100 MB for its hash while it lasts
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
REQUEST_MAX_BYTES = 2 * DATA_UPLOAD_MAX_MEMORY_SIZE

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("bi", Path(bootstrap_italia_template.__file__).parent / "static")]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = ["casa.intake.transfer.BoundedUploadHandler"]

# Intake limits (docs/operators.md)
INTAKE_MAX_BYTES = env.number("CASA_INTAKE_MAX_MB", 100) * 1024 * 1024
INTAKE_QUOTA_BYTES = env.number("CASA_INTAKE_QUOTA_MB", 20_000) * 1024 * 1024  # of one body
INTAKE_MAX_PAGES = env.number("CASA_INTAKE_MAX_PAGES", 2000)
INTAKE_MAX_DEPTH = env.number("CASA_INTAKE_MAX_DEPTH", 3)
INTAKE_MAX_ENTRIES = env.number("CASA_INTAKE_MAX_ENTRIES", 5000)
INTAKE_MAX_UNPACKED_BYTES = env.number("CASA_INTAKE_MAX_UNPACKED_MB", 400) * 1024 * 1024
INTAKE_MAX_FILES = 50
UPLOAD_PATHS = ("/carica/",)
UPLOAD_REQUEST_MAX_BYTES = 5 * INTAKE_MAX_BYTES + REQUEST_MAX_BYTES
REQUESTS_TOGETHER_MAX_BYTES = 4 * UPLOAD_REQUEST_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = 20 * INTAKE_MAX_FILES  # beyond ours, Django stops without a word
CLAMAV_SOCKET = env.text("CASA_CLAMAV_SOCKET", "")

# Search
SEARCH_DIR = DATA_DIR / "index"
SEARCH_SEMANTIC = env.flag("CASA_SEARCH_SEMANTIC")  # also by meaning: needs the extra [semantic]
SEARCH_URL = env.text("CASA_SEARCH_URL", "")  # a search server in place of our own index
SEARCH_SOURCE = env.text("CASA_SEARCH_SOURCE", "")  # the index folder that this node copies

# Safety
TLS = env.flag("CASA_TLS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.words("CASA_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "casa.portal.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
if TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.number("CASA_TRUSTED_PROXIES", 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],  # Bootstrap Italia carries one inside its CSS
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("CASA_LOG_LEVEL", "WARNING")},
}
