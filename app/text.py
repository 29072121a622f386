"""Names and titles: one line of text that is safe to show beside other people's."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

MAX_NAME = 60  # characters, the same as in convex/model/name.ts
MAX_FILE_NAME = 100
MAX_HOOK = 40  # the same as in convex/model/hook.ts
MAX_VERSION = 80  # the same as in convex/versions.ts
MAX_RAW = 4_000  # characters looked at: a name may come with much that is taken out
MAX_TITLE = 200  # the same as in convex/boards.ts

# The same classes as in browser/text/line.ts; tests/fixtures/lines.json holds both to them.
ESCAPES = re.compile("\x1b\\][^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]")
BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")  # half a pair, and what XML forbids
BLANK = re.compile("[\0-\x20\x7f-\xa0\u115f\u1160\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0]+")
EMOJI = "\xa9\xae\u203c\u2049\u2100-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
JOINED = (  # letters of scripts that a joiner shapes: Arabic and its kin, Indic, Khmer, Mongolian
    "\u0620-\u064a\u066e-\u06d3\u06fa-\u070e\u0710-\u077f\u07ca-\u07ea\u08a0-\u08c9"
    "\u0900-\u0ddf\u1000-\u109f\u1780-\u17b3\u17b6-\u17df\u1820-\u18aa\ufb50-\ufdff\ufe70-\ufefc"
)
INVISIBLE = re.compile(
    # Stays: a flag of a region, what makes an emoji one, what shapes letters, a variant of an ideograph.
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f"
    f"|(?:(?<=[{EMOJI}])|(?<=[{EMOJI}]\ufe0f))\u200d(?=[{EMOJI}])"
    f"|(?<=[{EMOJI}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    f"|(?<=[{JOINED}])[\u200c\u200d](?=[{JOINED}])"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd])[\U000e0100-\U000e01ef]|(?<=[\u1820-\u18aa])[\u180b-\u180d])"
    # Goes: whatever else has no width, or turns the direction of writing.
    "|[\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
ACCENT = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
PILED = re.compile(f"({ACCENT}{{4}}){ACCENT}+")  # one over the other: the fifth would reach into other people's lines


def one_line(text: str, most: int = MAX_RAW) -> str:
    """The one way in for names, titles, file names and log lines: at most `most` characters, all of them visible.

    Takes out escape sequences, control characters, line breaks, what turns the direction and what has no width. Emoji
    and the letters of every script stay whole. Harmless to repeat.
    """
    line = cleaned(text[:MAX_RAW])
    return line if len(line) <= most else cleaned(line[:most])


def cleaned(text: str) -> str:
    text = BLANK.sub(" ", BROKEN.sub("\ufffd", ESCAPES.sub("", text)))
    text = PILED.sub(r"\1", INVISIBLE.sub(lambda found: found[1] or "", text))
    return BLANK.sub(" ", text).strip(" ")


def file_name(path: str) -> str:
    """What a file is called, for showing it and for naming a download: no path, one line."""
    return one_line(path.replace("\\", "/").rsplit("/", 1)[-1], MAX_FILE_NAME)


def line_or_longer(value: object) -> object:
    """For a field with a limit: what has more than `MAX_RAW` characters stays so long, and is refused."""
    return one_line(value) if isinstance(value, str) and len(value) <= MAX_RAW else value


Name = Annotated[str, BeforeValidator(line_or_longer), Field(min_length=1, max_length=MAX_NAME)]
Title = Annotated[str, BeforeValidator(line_or_longer), Field(min_length=1, max_length=MAX_TITLE)]

VersionName = Annotated[str, BeforeValidator(line_or_longer), Field(min_length=1, max_length=MAX_VERSION)]
HookName = Annotated[str, BeforeValidator(line_or_longer), Field(min_length=1, max_length=MAX_HOOK)]
Search = Annotated[str, BeforeValidator(line_or_longer), Field(max_length=MAX_TITLE)]


def unless_empty(value: object) -> object:
    """An empty field of a form is one that was left out."""
    return None if value == "" else value


MaybeName = Annotated[Name | None, BeforeValidator(unless_empty)]
MaybeTitle = Annotated[Title | None, BeforeValidator(unless_empty)]


def local_path(value: str | None) -> str:
    """Where to go next: a path of this site, whatever was asked for."""
    text = value or "/"
    safe = text.startswith("/") and text[1:2] not in ("/", "\\") and text.isprintable() and text.isascii()
    return text if safe else "/"
