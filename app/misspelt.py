"""Settings that are set but do not exist, such as RATE_CHANGE."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from app.settings import Settings

KNOWN = frozenset(name.upper() for name in Settings.model_fields)
ELSEWHERE = frozenset({"CONVEX_ADMIN_KEY", "CONVEX_DEPLOY_KEY"})  # of `make push`
ALIKE = 0.85  # difflib's ratio: RATE_CHANGE is RATE_CHANGES misspelt, PATH is nothing of ours


def misspelt(environment: Mapping[str, str], env_file: Path = Path(".env")) -> list[str]:
    """A sentence for each: every unknown name of `.env`, and of the environment those that are nearly a setting's."""
    found = [name for name in of_file(env_file) if name not in KNOWN | ELSEWHERE]
    found += [name for name in environment if name not in KNOWN | ELSEWHERE and name not in found and nearest(name)]
    return [sentence(name) for name in found]


def of_file(path: Path) -> Iterable[str]:
    return dotenv_values(path) if path.is_file() else ()


def nearest(name: str) -> str | None:
    return next(iter(get_close_matches(name.upper(), KNOWN, 1, ALIKE)), None)


def sentence(name: str) -> str:
    meant = nearest(name)
    return f"{name} is not a setting of Easel{f': did you mean {meant}?' if meant else '.'}"
