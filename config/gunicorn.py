"""How the web server runs; read by gunicorn (`gunicorn -c python:config.gunicorn config.wsgi`)."""

from config.environment import BASE_DIR, Environment
from config.web_server import read_web_server

_environment = Environment()
_environment.load_file(BASE_DIR / ".env")
_server = read_web_server(_environment)
_environment.refuse_to_start_if_wrong()

bind = _server.bind
workers = _server.workers
worker_class = "gthread"
threads = 4
worker_connections = 8 * threads
timeout = 60
graceful_timeout = 5
keepalive = 5
control_socket_disable = True
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": _server.log_level, "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},
    },
}
