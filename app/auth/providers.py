"""`python -m app.auth.providers` prints AUTH_PROVIDERS for the settings; `make run` and `make push` set it."""

import json
import sys

from app.auth.issuer import Issuer
from app.auth.signing_key import signing_key
from app.auth.trust import providers
from app.settings import SettingsError, load


def main() -> int:
    try:
        settings = load()
        print(json.dumps(providers(settings, Issuer(signing_key(settings)))))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
