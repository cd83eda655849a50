"""One settings module for every way of running; what differs comes from the environment (docs/settings.md)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config.environment import BASE_DIR, LOG_LEVELS, REDIS_SCHEMES, Environment
from config.queue_server import socket_path
from config.web_server import read_web_server

environment = Environment()
environment.load_file(BASE_DIR / ".env")
ENVIRONMENT_PROBLEMS = environment.problems

VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as reason:
    ENVIRONMENT_PROBLEMS.append(f"VAR_DIR {VAR_DIR} cannot be made: {reason.strerror}.")

read_web_server(environment)  # gunicorn uses it (config/gunicorn.py); here the checks learn what is wrong with it

DEBUG = environment.yes_no("DEBUG", True)
HTTPS = environment.yes_no("HTTPS", not DEBUG)
INSECURE_KEY = "insecure-development-key-never-for-production-0123456789"
SECRET_KEY = environment.text("SECRET_KEY", INSECURE_KEY)
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
SITE_URL = environment.url("SITE_URL", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")
DEMO = environment.yes_no("DEMO", False)
DEMO_STORIES = environment.choice("DEMO_STORIES", "ALL", ("ALL", "PEOPLE"))
DEMO_CAN_START_OVER = environment.yes_no("DEMO_CAN_START_OVER", False) and DEMO
CLOCK_MAY_BE_REPLACED = environment.yes_no("CLOCK_MAY_BE_REPLACED", DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_filters",
    "heroicons",
    "config",
    "workflows",
    "grants",
    "reporting",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "grants.accounts.kept_text.KeptTextMiddleware",
    "grants.accounts.middleware.PreferencesMiddleware",
    "grants.accounts.middleware.SecondFactorMiddleware",
    "grants.accounts.middleware.RefusedFormMiddleware",
    "workflows.middleware.PrivacyMiddleware",
    "workflows.middleware.ClockMiddleware",
    "workflows.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "grants.accounts.kept_text.kept_texts",
            ],
        },
    }
]

# --- data ---------------------------------------------------------------------------------------------------------
# Without the first two, three in four writes at a deadline are refused (docs/decisions/0004-sqlite.md).
# The third: without it a row of the log could be replaced by INSERT OR REPLACE, past its triggers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA recursive_triggers=ON;",
}
DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'pazanga.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = dict(SQLITE_OPTIONS)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

CACHE_URL = environment.url("CACHE_URL", "", REDIS_SCHEMES)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        # A server that is gone or mute costs a page at most a second.
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
REDIS_URL = environment.url("REDIS_URL", f"unix://{socket_path(VAR_DIR / 'queue')}", REDIS_SCHEMES)

# --- people -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "grants.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
POLICY_TABLE = BASE_DIR / "grants" / "policy.csv"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- languages and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", _("Lithuanian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Europe/Vilnius"
USE_TZ = True
USE_I18N = True

# --- files --------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
STATICFILES_FINDERS = [
    "config.stylesheet.MadeFilesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR_DIR / "media"
SEALS_DIR = Path(environment.text("SEALS_DIR", str(VAR_DIR / "seals"))).absolute()
S3_BUCKET = environment.text("S3_BUCKET")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": environment.url("S3_ENDPOINT", "", ("http", "https")) or None,
    "region_name": environment.text("S3_REGION") or None,
    "access_key": environment.text("S3_ACCESS_KEY") or None,
    "secret_key": environment.text("S3_SECRET_KEY") or None,
    "default_acl": "private",
    "querystring_auth": True,
    "file_overwrite": False,
}
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3_OPTIONS}
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- mail ---------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
vars().update(environment.email("EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "Pažanga <noreply@pazanga.test>")
CONTACT = environment.text("CONTACT")

# --- what browsers are told ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.yes_no("TRUST_PROXY", False) else None
CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"

# --- what is written down -----------------------------------------------------------------------------------------
LOG_LEVEL = environment.choice("LOG_LEVEL", "INFO", LOG_LEVELS)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    # Django's own loggers bring handlers of their own; one line per event means one handler.
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # Two lines per task say nothing: jobs and letters have rows of their own.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}

# --- accounts (django-allauth) ------------------------------------------------------------------------------------
# What is asked of the reader is a code, not a link: it works on the device where the form
# is open, leads on to where the person was going, and an address can be changed also with a second factor.
ACCOUNT_ADAPTER = "grants.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "grants.accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Changing the address on the code page would differ for known and unknown addresses, and so tell who exists.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/900s/key",
    "reset_password": "20/m/ip,3/h/key",
    "confirm_email": "1/30s/key,6/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "grants.accounts.mfa.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "grants.accounts.mfa_forms.AddKeyForm",
    "edit_webauthn": "grants.accounts.mfa_forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pažanga"
MFA_TOTP_TOLERANCE = 1
# Browsers call http://localhost secure; nothing else without TLS may use passkeys.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_REQUIRED_ROLES = environment.items("MFA_REQUIRED_ROLES")
USERSESSIONS_TRACK_ACTIVITY = False
