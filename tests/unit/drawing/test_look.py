"""What the templates and stylesheets promise, read from the files themselves."""

import re
from pathlib import Path

import pytest

from app.drawing import contrast as contrast_of
from app.shapes import PALETTE
from app.shapes.declared import TOOLS

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "templates/picture.html"  # stands alone, and has a policy of its own
PACKED = ROOT / "templates/archive/index.html"  # the same, in a ZIP file
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path not in (PICTURE, PACKED))
TOKENS = (ROOT / "static/css/tokens.css").read_text()
BOARD = (ROOT / "static/css/board.css").read_text()
SPRITE = (ROOT / "static/icons.svg").read_text()
THEMES = ("light", "dark")


def token(name: str, theme: str) -> str:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
    assert found, f"tokens.css has no --{name}"
    return found[1 + THEMES.index(theme)]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it: 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("color", PALETTE)
def test_every_colour_of_the_palette_stands_out_from_the_canvas(color: str, theme: str) -> None:
    assert contrast(token(color, theme), token("canvas", theme)) >= 3


@pytest.mark.parametrize("color", PALETTE)
def test_the_style_sheets_have_the_declared_palette(color: str) -> None:
    assert [token(color, theme) for theme in THEMES] == PALETTE[color]
    assert re.search(rf"^\.{color},\n\[data-color=\"{color}\"\]", BOARD, re.MULTILINE)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["desk", "canvas", "panel", "sunken", "wash"])
@pytest.mark.parametrize("text", ["ink", "ink-soft"])
def test_text_is_readable_on_every_surface(text: str, surface: str, theme: str) -> None:
    assert contrast(token(text, theme), token(surface, theme)) >= 4.5


@pytest.mark.parametrize("hue", range(10))
def test_white_letters_are_readable_on_every_persons_hue(hue: int) -> None:
    found = re.search(rf"--hue-{hue}: (#\w+);", TOKENS)
    assert found, "tokens.css has no such hue"
    assert contrast(found[1], "#ffffff") >= 4.5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_that_the_content_policy_refuses(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=|\shx-on|javascript:", text)
    assert not re.search(r"<(script|style)(?![^>]*( src=| nonce=))", text)


def test_the_page_in_a_zip_file_has_no_script() -> None:
    assert not re.search(r"<script|\son\w+=|javascript:|\|\s*safe", PACKED.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_never_switch_escaping_off(path: Path) -> None:
    assert not re.search(r"\|\s*safe|autoescape", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_that_a_template_names_is_in_the_sprite(path: Path) -> None:
    for name in re.findall(r'icon\("([\w-]+)"\)', path.read_text()):
        assert f'<symbol id="{name}"' in SPRITE


def test_every_tool_with_a_button_of_its_own_has_an_icon() -> None:
    for tool in TOOLS:
        assert f'<symbol id="{tool["name"]}"' in SPRITE


def test_every_command_and_tool_that_a_template_names_is_a_command() -> None:
    scripts = "".join(path.read_text() for path in (ROOT / "browser/commands").glob("*.ts"))
    templates = "".join(path.read_text() for path in (ROOT / "templates/boards").glob("*.html"))
    named = re.findall(r'data-command="([\w-]+)"|\b(?:act|item|tool)\("([\w-]+)"', templates)
    assert len(named) > 30
    made = {f"align-{edge}" for edge in re.findall(r'^  \["(\w+)", "Align', scripts, re.MULTILINE)}
    for name in {one or other for one, other in named} - made:
        assert f'id: "{name}"' in scripts or f'["{name}", ' in scripts, name


@pytest.mark.parametrize("n", [0, 1], ids=THEMES)
def test_labels_are_compared_with_the_colours_of_the_page(n: int) -> None:
    assert {color: pair[n] for color, pair in contrast_of.COLORS.items()} == {c: token(c, THEMES[n]) for c in PALETTE}
    assert contrast_of.PAPER[n] == token("canvas", THEMES[n])
