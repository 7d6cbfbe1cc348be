"""All settings, in labelled sections. What varies comes through the environment (env.py).

The defaults are the embedded mode: one machine, nothing to install, nothing secret to keep.
docs/operations.md lists every variable.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from procedures_portal.env import Environment, SettingError, kept_secret

try:
    BASE_DIR = Path(__file__).resolve().parent.parent
    env = Environment()

    # --- Mode ------------------------------------------------------------------------------
    PORTAL_MODE = env.choice("PORTAL_MODE", "embedded", ["embedded", "full"])
    EMBEDDED = PORTAL_MODE == "embedded"
    DEBUG = env.flag("PORTAL_DEBUG", False)
    if not EMBEDDED:
        env.require("PORTAL_SECRET_KEY", "set 50 or more random characters and keep them")
        env.require("PORTAL_URL", "set the public address, such as https://thutuc.example.gov.vn")
        env.require(
            "PORTAL_ALLOWED_HOSTS", "set the public host name, such as thutuc.example.gov.vn"
        )
        env.require("DATABASE_URL", "set postgresql://user:password@host:5432/name")
        env.require("CELERY_BROKER_URL", "set redis://host:6379/0")

    # --- Places on disk --------------------------------------------------------------------
    PORTAL_DATA_DIR = env.folder("PORTAL_DATA_DIR", BASE_DIR / "var")
    PORTAL_SITE_DIR = env.folder("PORTAL_SITE_DIR", PORTAL_DATA_DIR / "site")
    MEDIA_ROOT = PORTAL_DATA_DIR / "files"
    STATIC_ROOT = PORTAL_DATA_DIR / "static"
    MEDIA_ROOT.mkdir(exist_ok=True)

    # --- Secrets and hosts -----------------------------------------------------------------
    SECRET_KEY = env.text("PORTAL_SECRET_KEY", "") or kept_secret(PORTAL_DATA_DIR / "secret_key")
    SECRET_KEY_FALLBACKS = env.words("PORTAL_OLD_SECRET_KEYS", [])
    ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    # The port of embedded mode; `serve --port` sets it, so that addresses on pages follow it.
    PORTAL_PORT = env.number("PORTAL_PORT", 8000, least=1, most=65_535)
    PORTAL_URL = env.url("PORTAL_URL", f"http://localhost:{PORTAL_PORT}")
    CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
    if PORTAL_URL.startswith("https://"):
        SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        SECURE_HSTS_SECONDS = env.number("PORTAL_HSTS_SECONDS", 31_536_000)

    # --- The province ----------------------------------------------------------------------
    PORTAL_PROVINCE = env.text("PORTAL_PROVINCE", "tỉnh Hải Dương")
    PORTAL_AUTHORITY = env.text("PORTAL_AUTHORITY", "Ủy ban nhân dân tỉnh Hải Dương")
    PORTAL_OFFICE = env.text("PORTAL_OFFICE", "Văn phòng Ủy ban nhân dân tỉnh Hải Dương")
    PORTAL_LANGUAGES = env.words("PORTAL_LANGUAGES", ["vi", "en"])
    # Who stands for the data in catalogues of open data, and on which terms (docs/interchange.md).
    PORTAL_DATA_PUBLISHER = env.text("PORTAL_DATA_PUBLISHER", PORTAL_OFFICE)
    PORTAL_DATA_LICENCE = env.url("PORTAL_DATA_LICENCE", "")
    # How many working days before its last day an announcement counts as due.
    PORTAL_GAP_DUE_WITHIN_DAYS = env.number("PORTAL_GAP_DUE_WITHIN_DAYS", 3, least=0, most=60)

    # --- Database --------------------------------------------------------------------------
    DATABASES = {
        "default": env.database("DATABASE_URL", f"sqlite:///{PORTAL_DATA_DIR / 'portal.sqlite3'}")
    }
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

    # --- Jobs ------------------------------------------------------------------------------
    CELERY_BROKER_URL = env.server(
        "CELERY_BROKER_URL", "filesystem://localhost/", ["filesystem", "redis", "rediss"]
    )
    CELERY_TASK_IGNORE_RESULT = True
    CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
    CELERY_TASK_ACKS_LATE = True
    CELERY_TASK_REJECT_ON_WORKER_LOST = True
    CELERY_WORKER_PREFETCH_MULTIPLIER = 1
    CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
    # A broker that is down must not hold up an officer: the log is the source, beat catches up.
    CELERY_TASK_PUBLISH_RETRY = False
    CELERY_BROKER_CONNECTION_TIMEOUT = 1
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
    if CELERY_BROKER_URL.startswith("filesystem"):
        queue = PORTAL_DATA_DIR / "broker"
        for folder in (queue / "messages", queue / "control"):
            folder.mkdir(parents=True, exist_ok=True)
        CELERY_BROKER_TRANSPORT_OPTIONS = {
            "data_folder_in": str(queue / "messages"),
            "data_folder_out": str(queue / "messages"),
            "control_folder": str(queue / "control"),
        }
    else:
        CELERY_BROKER_TRANSPORT_OPTIONS = {
            "socket_connect_timeout": 1,
            "socket_timeout": 2,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
        }

    # --- Cache -----------------------------------------------------------------------------
    PORTAL_CACHE_URL = env.server("PORTAL_CACHE_URL", "", ["redis", "rediss"])
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": PORTAL_CACHE_URL,
        }
        if PORTAL_CACHE_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Rate limits live here: the default of 300 entries would drop them at random.
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

    # --- Mails to staff --------------------------------------------------------------------
    globals().update(env.mail_server("PORTAL_MAIL_URL", PORTAL_DATA_DIR / "mails"))
    # A server that does not answer must not hold up the one task the embedded worker does.
    EMAIL_TIMEOUT = 20
    EMAIL_USE_LOCALTIME = True
    DEFAULT_FROM_EMAIL = env.mail_address(
        "PORTAL_MAIL_FROM", f"no-reply@{urlsplit(PORTAL_URL).hostname}"
    )
    PORTAL_NOTICES_AT = env.clock_time("PORTAL_NOTICES_AT", "07:30")
    PORTAL_DIGEST_WEEKDAY = env.choice(
        "PORTAL_DIGEST_WEEKDAY",
        "monday",
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    )
    PORTAL_KEEP_JOB_DAYS = env.number("PORTAL_KEEP_JOB_DAYS", 180, least=7)

    # --- What citizens write to us ---------------------------------------------------------
    # How many proxies stand before the web processes, each of which adds to X-Forwarded-For.
    PORTAL_PROXIES = env.number("PORTAL_PROXIES", 0 if EMBEDDED else 1, most=5)
    PORTAL_REPORTS_PER_HOUR = env.number("PORTAL_REPORTS_PER_HOUR", 20, least=1)
    PORTAL_SUBSCRIBE_PER_HOUR = env.number("PORTAL_SUBSCRIBE_PER_HOUR", 20, least=1)
    PORTAL_KEEP_CONTACT_DAYS = env.number("PORTAL_KEEP_CONTACT_DAYS", 90, least=1)
    PORTAL_CONFIRM_DAYS = env.number("PORTAL_CONFIRM_DAYS", 3, least=1, most=30)
    PORTAL_MAILS_PER_RUN = env.number("PORTAL_MAILS_PER_RUN", 200, least=1)

    # --- Limits of the API -----------------------------------------------------------------
    # From one address an office of hundreds may read; with a key one system does.
    PORTAL_API_PER_MINUTE = env.number("PORTAL_API_PER_MINUTE", 6_000, least=1)
    PORTAL_API_KEY_PER_MINUTE = env.number("PORTAL_API_KEY_PER_MINUTE", 30_000, least=1)
    PORTAL_API_BULK_PER_HOUR = env.number("PORTAL_API_BULK_PER_HOUR", 60, least=1)
    PORTAL_API_KEY_BULK_PER_HOUR = env.number("PORTAL_API_KEY_BULK_PER_HOUR", 600, least=1)

    # --- Webhooks --------------------------------------------------------------------------
    # Where requests of ours may go; by default to public addresses by https alone.
    PORTAL_WEBHOOK_HTTP = env.flag("PORTAL_WEBHOOK_HTTP", False)
    PORTAL_WEBHOOK_PORTS = env.ports(
        "PORTAL_WEBHOOK_PORTS", [80, 443, 8443] if PORTAL_WEBHOOK_HTTP else [443, 8443]
    )
    PORTAL_WEBHOOK_NETWORKS = env.networks("PORTAL_WEBHOOK_NETWORKS")
    PORTAL_WEBHOOK_CA_FILE = env.authorities("PORTAL_WEBHOOK_CA_FILE")
    PORTAL_WEBHOOK_BATCH = env.number("PORTAL_WEBHOOK_BATCH", 100, least=1, most=500)
    PORTAL_WEBHOOK_KEEP_DAYS = env.number("PORTAL_WEBHOOK_KEEP_DAYS", 30, least=1)

    # --- Publishing ------------------------------------------------------------------------
    PORTAL_KEEP_RELEASES = env.number("PORTAL_KEEP_RELEASES", 5, least=2)
    PORTAL_PAGE_SIZE = env.number("PORTAL_PAGE_SIZE", 50, least=5)
    PORTAL_IMPORT_MAX_FIELD_CHARS = env.number(
        "PORTAL_IMPORT_MAX_FIELD_CHARS", 200_000, least=1_000
    )
    PORTAL_ANNEX_MAX_MB = env.number("PORTAL_ANNEX_MAX_MB", 20, least=1, most=200)
    PORTAL_FORM_MAX_MB = env.number("PORTAL_FORM_MAX_MB", 10, least=1, most=30)
    PORTAL_SEARCH_BY_MEANING = env.flag("PORTAL_SEARCH_BY_MEANING", True)
    # The national package's first two key names are not in public material (docs/importing.md).
    PORTAL_PACKAGE_CODE_KEY = env.text("PORTAL_PACKAGE_CODE_KEY", "MATTHC")
    PORTAL_PACKAGE_NAME_KEY = env.text("PORTAL_PACKAGE_NAME_KEY", "TENTTHC")

    # --- Logs ------------------------------------------------------------------------------
    PORTAL_LOG_LEVEL = env.choice(
        "PORTAL_LOG_LEVEL", "WARNING", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    )
except SettingError as error:
    sys.exit(f"Wrong setting: {error}\nSee docs/operations.md for every variable.")

# --- Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "procedures_portal",
    "publication",
    "catalog",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "simple_history",
    "django_jsonform",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "procedures_portal.urls"
WSGI_APPLICATION = "procedures_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["procedures_portal.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Static files and uploads ------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/files/"

# --- Security ----------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# An annex of 1,000 rows sends nine fields a row; a ministry decision of 200 procedures is one form
# of about ten fields each, and 20 checkboxes. Django's default refuses both.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
CSRF_FAILURE_VIEW = "publication.voice.csrf_failure.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- History ---------------------------------------------------------------------------------
# Why somebody changed something is a sentence or more, not 100 characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "publication.api.schema.inspecting.Inspector",
    "URL_FORMAT_OVERRIDE": None,  # the API reads "format" itself, and refuses what it does not know
}
SPECTACULAR_SETTINGS = {
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": ["publication.api.schema.document.finish"],
}

# --- Logs --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": PORTAL_LOG_LEVEL},
}
