"""What the environment asks of `casa up`, read before Django is there; errors are sentences."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casa.foundation.postgres import CannotStart

ROOT = Path(__file__).resolve().parents[3]
LARGEST_PORT = 65535
MOST_WORKERS = 16
SETTINGS = "casa.settings.prod"


@dataclass(frozen=True)
class Plan:
    """Where the data are, where to listen, which database, how many processes."""

    data_dir: Path
    host: str
    port: int
    database_url: str
    web_processes: int
    workers: int

    @property
    def database_dir(self) -> Path:
        """Give the folder of the private database."""
        return self.data_dir / "postgres"

    def log(self, name: str) -> Path:
        """Give the log file of a part."""
        return self.data_dir / "log" / f"{name}.log"


def read_plan(environ: Mapping[str, str]) -> Plan:
    """Read and check the environment."""
    folder = Path(environ.get("CASA_DATA_DIR") or ROOT / "var").expanduser().resolve()
    return Plan(
        data_dir=folder,
        host=environ.get("CASA_HOST") or "127.0.0.1",
        port=_number(environ, "CASA_PORT", default=8000, smallest=0, largest=LARGEST_PORT),
        database_url=environ.get("CASA_DATABASE_URL", ""),
        web_processes=_number(environ, "CASA_WEB_PROCESSES", default=1, smallest=1, largest=64),
        workers=_number(environ, "CASA_WORKERS", default=2, smallest=1, largest=MOST_WORKERS),
    )


def _number(
    environ: Mapping[str, str], name: str, *, default: int, smallest: int, largest: int
) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not smallest <= int(text) <= largest:
        raise CannotStart(f"{name} deve essere un numero da {smallest} a {largest}, non «{text}».")
    return int(text)


def prepare_data_dir(folder: Path) -> None:
    """Make the data folder: closed to others; as root the database's account may pass through."""
    try:
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        raise CannotStart(
            f"Non posso scrivere nella cartella dei dati {folder} ({error.strerror}): "
            "correggi i permessi o indica un'altra cartella in CASA_DATA_DIR."
        ) from None


def keep_secret_key(folder: Path) -> None:
    """Make the secret key of the house, once, readable by nobody else."""
    path = folder / "secret_key"
    if "CASA_SECRET_KEY" in os.environ or (path.exists() and path.stat().st_size):
        return
    draft = folder / f".secret_key.{os.getpid()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123
        file.write(secrets.token_urlsafe(64))
    draft.replace(path)


def set_surroundings(plan: Plan, *, database_url: str, port: int | None = None) -> None:
    """Put into the environment what the settings read, for us and for our children."""
    os.environ["CASA_DATA_DIR"] = str(plan.data_dir)
    os.environ["CASA_DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if port is not None:
        os.environ["CASA_PORT"] = str(port)
