"""What a file is, by its content: its name and what the browser calls it count for nothing.

`browser/intake/content.ts` knows the same; `tests/fixtures/contents.json` holds both to it.
"""

import codecs
import re
from dataclasses import dataclass

HEAD = 64 * 1024  # bytes that decide
ON_A_BOARD = "Drop it on the board's page: that opens it."
AS_PNG = "Export it as PNG, and add that."
AS_JPEG = "Save it as JPEG or PNG, and add that."


@dataclass(frozen=True)
class Content:
    """`title` goes on after "… is". `kind` is Pillow's name of what the worker opens, "" for all else."""

    title: str
    kind: str = ""
    advice: str = ""
    json: bool = False


PICTURES = {
    "PNG": ("a PNG picture", rb"\x89PNG\r\n\x1a\n"),
    "JPEG": ("a JPEG picture", rb"\xff\xd8\xff"),
    "GIF": ("a GIF picture", rb"GIF8[79]a"),
    "WEBP": ("a WebP picture", rb"RIFF[\0-\xff]{4}WEBP"),
    "AVIF": ("an AVIF picture", rb"[\0-\xff]{4}ftypavi[fs]"),
}
OTHERS = (
    ("a HEIC picture", AS_JPEG, rb"[\0-\xff]{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)"),
    ("a JPEG XL picture", AS_JPEG, rb"\xff\x0a|\0\0\0\x0cJXL "),
    ("a JPEG 2000 picture", AS_JPEG, rb"\0\0\0\x0cjP {2}|\xff\x4f\xff\x51"),
    ("a TIFF picture", AS_JPEG, rb"II[*+]\0|MM\0[*+]"),
    ("a BMP picture", AS_JPEG, rb"BM[\0-\xff]{4}\0\0\0\0"),
    ("an icon", AS_PNG, rb"\0\0[\x01\x02]\0[^\0]"),
    ("a Photoshop picture", AS_PNG, rb"8BPS"),
    ("a PDF", ON_A_BOARD, rb"\s*%PDF"),
    ("a PostScript drawing", AS_PNG, rb"%!PS|\xc5\xd0\xd3\xc6"),
    ("a Figma file", AS_PNG, rb"fig-|PK\x03\x04[\0-\xff]*canvas\.fig"),
    ("a Word document", "", rb"PK\x03\x04[\0-\xff]*word/"),
    ("a spreadsheet", "", rb"PK\x03\x04[\0-\xff]*(xl/|opendocument\.spreadsheet)"),
    ("a presentation", AS_PNG, rb"PK\x03\x04[\0-\xff]*(ppt/|opendocument\.presentation)"),
    ("a text document", "", rb"PK\x03\x04[\0-\xff]*opendocument\.text"),
    ("a ZIP archive", "Unpack it, and add what is in it.", rb"PK[\x03\x05]"),
    ("an archive", "Unpack it, and add what is in it.", rb"\x1f\x8b|7z\xbc\xaf|Rar!"),
    ("an Office document", "", rb"\xd0\xcf\x11\xe0"),
    ("a rich text document", "", rb"\{\\rtf"),
    (
        "a sound",
        "",
        rb"[\0-\xff]{4}ftypM4[AB]|ID3|\xff[\xfb\xf3\xf2]|fLaC|RIFF[\0-\xff]{4}WAVE|OggS[\0-\xff]{24}(\x01vorbis|OpusHead)",
    ),
    (
        "a video",
        "",
        rb"[\0-\xff]{4}(ftyp|moov|mdat)|\x1aE\xdf\xa3|RIFF[\0-\xff]{4}AVI |OggS|FLV\x01|\0\0\x01[\xba\xb3]",
    ),
    ("a font", "", rb"wOF[F2]|OTTO|\0\x01\0\0\0"),
    ("a program", "", rb"MZ|\x7fELF|\xcf\xfa\xed\xfe"),
)
SIGNATURES = [
    *((Content(title, kind), re.compile(pattern)) for kind, (title, pattern) in PICTURES.items()),
    *((Content(title, "", advice), re.compile(pattern)) for title, advice, pattern in OTHERS),
]

SVG = Content(
    "an SVG drawing", "", "It can carry scripts: drop it on the board's page, which paints it, or export it as PNG."
)
ROOTS = {
    "svg": SVG,
    "mxfile": Content("a draw.io diagram", "", AS_PNG),
    "mxGraphModel": Content("a draw.io diagram", "", AS_PNG),
    "html": Content("a web page (HTML)"),
}
TYPES = (
    (Content("an Easel board", "", ON_A_BOARD, json=True), re.compile(r'"type"\s*:\s*"easel"')),
    (
        Content("an Excalidraw drawing", "", ON_A_BOARD, json=True),
        re.compile(r'"type"\s*:\s*"excalidraw(/clipboard)?"'),
    ),
    (Content("an Excalidraw library", "", ON_A_BOARD, json=True), re.compile(r'"type"\s*:\s*"excalidrawlib"')),
    (
        Content("a tldraw drawing", "", ON_A_BOARD, json=True),
        re.compile(r'"tldrawFileFormatVersion"|"application/tldraw"|"com\.tldraw\.'),
    ),
)
NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a]")


def content_of(head: bytes) -> Content:
    """Of the first `HEAD` bytes of a file that is not empty."""
    for content, pattern in SIGNATURES:
        if pattern.match(head):
            return content
    text = decoded(head)
    return textual(text) if text is not None else Content("no kind of file that Easel knows")


def textual(text: str) -> Content:
    root = root_of(text)
    if root in ROOTS:
        return ROOTS[root]
    if text.lstrip().startswith(("{", "[")):
        return next((content for content, pattern in TYPES if pattern.search(text)), Content("JSON", json=True))
    return Content("XML" if root else "a text file")


def decoded(head: bytes) -> str | None:
    """The words of a file in UTF-8 or, as its first bytes say, UTF-16; None if it is neither."""
    first, second = (*head, 32, 32)[:2]
    if head.startswith(b"\xff\xfe") or (first and not second):
        encoding = "utf-16-le"
    elif head.startswith(b"\xfe\xff") or (second and not first):
        encoding = "utf-16-be"
    else:
        encoding = "utf-8"
    # Incremental: the last character may be cut off.
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return None if CONTROLS.search(text) else text.removeprefix("\ufeff")


def root_of(text: str) -> str:
    """The name of the first element, without its prefix; "" if the text does not begin as XML or HTML."""
    if re.match(r"\s*<!doctype html", text, re.IGNORECASE):
        return "html"
    rest = text.lstrip()
    while end := skipped(rest):
        rest = rest[end:].lstrip()
    found = NAME.match(rest)
    return found[1] if found else ""


def skipped(text: str) -> int:
    """The length of a declaration, a comment or a document type at the start; 0 if there is none."""
    if text.startswith("<?"):
        last = "?>"
    elif text.startswith("<!--"):
        last = "-->"
    elif found := re.match(r"<!doctype[^>]*?(\[|>)", text, re.IGNORECASE):
        last = "]" if found[1] == "[" else ">"
    else:
        return 0
    at = text.find(last, 4)
    if at < 0:
        return 0
    return text.find(">", at) + 1 if last == "]" else at + len(last)
