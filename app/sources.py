"""A digest of source files. What other code has made is made again."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def digest(*names: str) -> str:
    """Of these files, and of those in these folders, which may be patterns; paths begin at the repository."""
    sources: list[Path] = []
    for name in names:
        for found in sorted(ROOT.glob(name)):
            sources += sorted(found.rglob("*")) if found.is_dir() else [found]
    digest = hashlib.sha256()
    for source in sources:
        if source.suffix in (".py", ".html", ".json"):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:32]
