"""What the web server is told: read by gunicorn's own configuration, and by the settings, whose checks judge it."""

from dataclasses import dataclass

from config.environment import LOG_LEVELS, Environment


@dataclass(frozen=True)
class WebServer:
    """Where the web server listens, with how many processes, and how much it tells."""

    host: str
    port: int
    workers: int
    log_level: str

    @property
    def bind(self) -> str:
        """Host and port as gunicorn wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def read_web_server(environment: Environment) -> WebServer:
    """The web server of this environment; what cannot be understood is one of its problems."""
    return WebServer(
        host=environment.text("BIND", "127.0.0.1"),
        port=environment.number("PORT", 8000, 1, 65535),
        workers=environment.number("WEB_WORKERS", 1, 1, 1000),
        log_level=environment.choice("WEB_LOG_LEVEL", "WARNING", LOG_LEVELS),
    )
