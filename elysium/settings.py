"""Settings for every deployment, read from the environment; `.env.example` lists the variables."""

import datetime as dt
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from elysium.environment import Environment, database_at, media_origins

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(BASE_DIR / ".env")

DEBUG = environment.boolean("DEBUG", default=False)
SECRET_KEY = environment.secret("SECRET_KEY", needed=not DEBUG)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

# Everything that is written while the site runs; films.apps makes it, closed to other users.
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var")

INSTALLED_APPS = [
    "films.apps.ElysiumAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "reversion",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "films.apps.FilmsConfig",
]

MIDDLEWARE = [
    # First, so that static files and errors of those below carry their headers too.
    "elysium.headers.protective_headers",
    # Without its app, which only looks for settings of former versions and takes a hundredth of every start.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "elysium.bounds.bounded_addresses",
    "elysium.bounds.utf8_forms",
    "elysium.bounds.interrupted_uploads",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "elysium.sessions.ForgivingSessionMiddleware",
    "elysium.language.address_language",
    "django.middleware.common.CommonMiddleware",
    # Around those that refuse.
    "films.refusals.noting_refusals",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "elysium.urls"
WSGI_APPLICATION = "elysium.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
# How `manage.py move_database` reads the address of the other one.
DATABASE_AT = database_at
CACHES = {"default": environment.cache("CACHE_URL")}
# What each worker of the server keeps in memory of finished pages (elysium/pagecache); 0 keeps none.
PAGE_CACHE_MB = environment.number("PAGE_CACHE_MB", default=16)
# Workers of `manage.py serve`; 0 stands for one a core.
WEB_CONCURRENCY = environment.number("WEB_CONCURRENCY", default=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "films.User"
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "films.security.backends.DeskBackend"]

# Failed attempts at an account from one address, and at all accounts from there, in the hour before.
AXES_FAILURE_LIMIT, ADDRESS_FAILURE_LIMIT = 5, 30
AXES_COOLOFF_TIME = dt.timedelta(hours=1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_HANDLER = "films.security.throttling.Throttle"
AXES_LOCKOUT_CALLABLE = "films.admin.locked.locked_page"
AXES_CLIENT_IP_CALLABLE = "films.security.address.neighbourhood"
AXES_RESET_ON_SUCCESS = True
# Whoever knocks while it is shut does not make it stay shut for longer: the page says until when.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What happened is written down by films/security/events.py.
AXES_DISABLE_ACCESS_LOG, AXES_ENABLE_ADMIN, AXES_VERBOSE = True, False, False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "_typist", "next"]

# Whether those who publish or administer need a code from their telephone beside the password.
SECOND_FACTOR = environment.boolean("SECOND_FACTOR", default=not DEBUG)
OTP_TOTP_ISSUER = "Elysium"
SESSION_ENGINE = "films.security.sessions"
# How long a session lasts without a click, and in any case.
SESSION_IDLE_MINUTES = environment.number("SESSION_IDLE_MINUTES", default=120)
SESSION_HOURS = environment.number("SESSION_HOURS", default=12)
PASSWORD_RESET_TIMEOUT = 3600

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "films.security.passwords.PlaceValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE_DIR / "films" / "locale"]
FORMAT_MODULE_PATH = ["films.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# A talk of some hundred questions is one form, and each of them has nine controls.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Uploads wait beside the data: on many machines the folder for temporary files lies in memory.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "films.uploads.arriving.BoundedFileUploadHandler",
]
# The largest film that may be uploaded.
VIDEO_MB = environment.number("VIDEO_MB", default=500)
# What browsers ask for by its bare name: /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "films" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": environment.media_storage(
        "AWS_STORAGE_BUCKET_NAME", "AWS_S3_ENDPOINT_URL", "AWS_S3_REGION_NAME", "AWS_S3_CUSTOM_DOMAIN"
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", default=False)
# Whoever watches this machine asks it over its own network.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# How many proxies of ours stand in front, each of which says who asked and how. The server itself speaks no TLS, so
# https means one. What a visitor says about himself counts only as far as these have passed it on.
PROXY_COUNT = environment.number("PROXY_COUNT", default=int(SECURE_SSL_REDIRECT))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", default=0)
# Who promises a year means it for every subdomain; shorter times are for trying it out.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS >= 31_536_000
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# A form of the desk outlives the token that a sign-in in another tab replaces.
CSRF_FAILURE_VIEW = "films.admin.kept_form.csrf_failure"
# What is not named may not be loaded at all; nothing inline anywhere, the admin included.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *media_origins(STORAGES["default"])],
        "media-src": [SELF, *media_origins(STORAGES["default"])],
        # The admin looks for suggestions while somebody types.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Browsers take a name so begun from this host alone, over https alone; no neighbour can plant one.
COOKIE_PREFIX = "__Host-" if SECURE_SSL_REDIRECT else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
# Django would rather keep messages in a cookie of its own, whose name cannot be chosen.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

globals().update(environment.mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.address("DEFAULT_FROM_EMAIL", "Elysium <elysium@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "films.security.lines.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "security": {"formatter": "json"} | environment.security_log("SECURITY_LOG"),
    },
    "root": {"handlers": ["console"], "level": environment.level("LOG_LEVEL", "INFO")},
    "loggers": {
        # Whole whatever LOG_LEVEL says.
        "elysium.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
        # It would say everything once more, with what strangers typed.
        "axes": {"level": "ERROR"},
    },
}
