"""A setting that does not exist is named at start, with the one that was meant."""

from pathlib import Path

from app.misspelt import misspelt

NOWHERE = Path("nowhere/.env")


def test_a_name_in_the_environment_that_is_nearly_a_setting_is_named() -> None:
    environment = {
        "RATE_CHANGE": "5",
        "PATH": "/bin",
        "HOME": "/",
        "RATE_CHANGES": "5",
        "HOSTNAME": "here",
        "LANG": "C",
    }
    assert misspelt(environment, NOWHERE) == ["RATE_CHANGE is not a setting of Easel: did you mean RATE_CHANGES?"]


def test_every_unknown_name_of_the_env_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=1\nFLAVOUR=mint\nCONVEX_DEPLOY_KEY=secret\nAUTH_PROVDER=oidc\n")
    assert misspelt({}, file) == [
        "FLAVOUR is not a setting of Easel.",
        "AUTH_PROVDER is not a setting of Easel: did you mean AUTH_PROVIDER?",
    ]
