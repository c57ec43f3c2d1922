"""Every setting of the product, fed by the environment alone (docs/reference/settings.md lists them all)."""

import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from articles.fetching.rules import FetchingRules
from articles.ingest.decoding import MAX_BYTES
from newsdesk import embedded, home

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
# What exports say they were written by.
CODE_VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

DEBUG = env.bool("NEWSDESK_DEBUG", default=False)
SECRET_KEY = env.str("NEWSDESK_SECRET_KEY", default="") or home.secret_key()

# The address people open. A loopback address over http is the only one that goes without Secure cookies.
PUBLIC_URL = env.str("NEWSDESK_URL", default="http://127.0.0.1:8000").rstrip("/")
_PUBLIC = urlsplit(PUBLIC_URL)
LOOPBACK_HTTP = _PUBLIC.scheme == "http" and _PUBLIC.hostname in {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = [_PUBLIC.hostname or "localhost", *env.list("NEWSDESK_HOSTS", default=[])]
if LOOPBACK_HTTP:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "newsdesk",
    "articles",
    "annotations",
    "newsdesk.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prose_editor",  # its static files alone
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "newsdesk.api.answers.api_answers",  # outermost, so that it sees what the others refuse
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
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "newsdesk.urls"
WSGI_APPLICATION = "newsdesk.wsgi.application"

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
                "csp.context_processors.nonce",
            ],
        },
    },
]

# PostgreSQL, and nothing else: the embedded server of this home unless DATABASE_URL names another.
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or embedded.database_url())}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=env.int("NEWSDESK_CONNECTION_AGE", default=600),
    CONN_HEALTH_CHECKS=True,
)
# How often a query that is written once (articles/models/statement.py) is asked before PostgreSQL keeps its plan.
# None where a pooler hands each transaction to another connection and forgets what was prepared on the last one.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    "prepare_threshold", 2 if env.bool("NEWSDESK_PREPARE", default=True) else None
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Statement-level triggers see bulk and SQL writes at a third of the cost of row-level ones.
PGHISTORY_LEVEL = pghistory.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)

# What puts passages that were found in another order (articles/search/reranking.py); nothing unless named.
EVIDENCE_RERANKER = env.str("NEWSDESK_RERANKER", default="")

CACHES = {
    "default": {
        # In the database, so that throttles and sign-in limits hold across workers and restarts.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "newsdesk_cache",
        "TIMEOUT": 300,
    },
    # Drawn parts of pages that depend on nothing but what their cache tag names; each worker keeps its own.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

AUTH_USER_MODEL = "newsdesk.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "newsdesk.backends.DeskBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "newsdesk.signin.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "newsdesk.signin.display_name"
ACCOUNT_FORMS = {
    "login": "newsdesk.signin.SignIn",
    "change_password": "newsdesk.signin.ChangePassword",
    "set_password": "newsdesk.signin.SetPassword",
    "reset_password": "newsdesk.signin.AskForReset",
    "reset_password_from_key": "newsdesk.signin.ResetPassword",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# How many proxies stand in front; 0 means that the address of the connection itself is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("NEWSDESK_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "newsdesk.signin.SecondStepAdapter"
MFA_TOTP_ISSUER = "Newsdesk"
# Addresses are given by whoever invites, so there is nothing to verify before a second factor may be set up.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Signing in at a provider of one's own (docs/how-to/sign-in-with-your-provider.md); nothing unless named.
SOCIALACCOUNT_ADAPTER = "newsdesk.signin.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
OIDC_URL = env.str("NEWSDESK_OIDC_URL", default="")
OIDC_ORIGINS = [urlsplit(OIDC_URL)._replace(path="", query="", fragment="").geturl()] if OIDC_URL else []
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "desk",
            "name": env.str("NEWSDESK_OIDC_NAME", default="OpenID Connect"),
            "client_id": env.str("NEWSDESK_OIDC_CLIENT", default="newsdesk"),
            "secret": env.str("NEWSDESK_OIDC_SECRET", default=""),
            "settings": {"server_url": OIDC_URL},
        }
    ]
# Whoever the provider vouches for by a verified address is the person invited under it; nobody else comes in.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False

EMAIL_CONFIG = env.email_url_config(env.str("NEWSDESK_EMAIL_URL", default="consolemail://"))
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("NEWSDESK_EMAIL_FROM", default="newsdesk@localhost")

# How the desk asks other people's sites (docs/explanation/fetching.md).
FETCHING = FetchingRules(
    contact=env.str("NEWSDESK_FETCH_CONTACT", default=PUBLIC_URL),
    allowed_hosts=tuple(env.list("NEWSDESK_FETCH_ALLOW", default=[])),
    denied_hosts=tuple(env.list("NEWSDESK_FETCH_DENY", default=[])),
    ports=frozenset({80, 443, *env.list("NEWSDESK_FETCH_PORTS", cast=int, default=[])}),
    pause=env.float("NEWSDESK_FETCH_PAUSE", default=1.0),
    obey_robots=env.bool("NEWSDESK_FETCH_ROBOTS", default=True),
)

# Who speaks on the pages that everybody reads, and where that is at home (docs/how-to/publish-for-everybody.md).
PUBLISHER = env.str("NEWSDESK_PUBLISHER", default="Newsdesk")
PUBLISHER_URL = env.str("NEWSDESK_PUBLISHER_URL", default=PUBLIC_URL)
# Whether readers are told who checked and who agreed.
NAME_CHECKERS = env.bool("NEWSDESK_NAME_CHECKERS", default=False)
# Whether they are given the notes on bias in the wording.
PUBLIC_BIAS_NOTES = env.bool("NEWSDESK_PUBLIC_BIAS_NOTES", default=False)

# How many requests of one token the API answers in a minute; 0 for as many as come.
API_REQUESTS_A_MINUTE = env.int("NEWSDESK_API_RATE", default=600)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "newsdesk.api.authentication.TokenAuthentication",
        "newsdesk.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["newsdesk.api.permissions.SignedInWithScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["newsdesk.api.parsing.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["newsdesk.api.filtering.KnownFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "newsdesk.api.pagination.NewestFirst",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "newsdesk.api.problems.answer_problem",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "corrections": "5/hour", "corrections_of_a_piece": "60/hour"},
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Newsdesk",
    "DESCRIPTION": "Articles, speakers, quotes, claims, bias tags, sources, evidence and verdicts.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "newsdesk.api.schema.RememberedSchema",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Unfolded, 150 addresses show nothing of the whole.
    "SWAGGER_UI_SETTINGS": {
        "docExpansion": "none",
        "defaultModelsExpandDepth": -1,
        "deepLinking": True,
        "filter": True,
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "newsdesk.api.schema.describe_alike",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AnchorState": "articles.models.AnchorState",
        "ArticleState": "articles.models.ArticleState",
        "ChangeKind": "articles.models.ChangeKind",
        "CheckState": "annotations.models.CheckState",
        "ElsewhereFinding": "articles.api.elsewhere.FOUND",
        "FindingEnum": "annotations.models.Finding",
        "Level": "annotations.models.Level",
        "NewArticleState": "annotations.api.desk.articles.NEW_STATES",
        "OutletAnswer": "articles.models.OutletAnswer",
        "QuoteKind": "articles.models.QuoteKind",
        "RoundKind": "annotations.models.RoundKind",
        "SpeakerKind": "articles.models.SpeakerKind",
        "ToldKind": "articles.api.declaring.TOLD_KINDS",
        "Verdict": "annotations.models.Verdict",
        "WebHookEvent": "newsdesk.models.Event",
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsdesk.formats"]
TIME_ZONE = env.str("NEWSDESK_TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None  # nothing is collected: what the code holds is served from where it is
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 300

# Room for the longest text with every code point beyond ASCII escaped, in forms and in JSON, and what is said of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * MAX_BYTES + 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# Where what is sent in bulk lies until it is in.
SPOOL_DIR = home.home() / "spool"
# Where exports lie that are kept as files.
EXPORT_DIR = home.home() / "exports"

SESSION_ENGINE = "newsdesk.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOOPBACK_HTTP
SECURE_SSL_REDIRECT = not LOOPBACK_HTTP and env.bool("NEWSDESK_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 0 if LOOPBACK_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Browsers hold where a form is sent on to against this as well: the sign-in button leads to the provider.
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "newsdesk.refusals.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": env.str("NEWSDESK_LOG_LEVEL", default="WARNING")},
}
