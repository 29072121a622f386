"""Files that are meant to do harm, and forms that are: refused with a sentence, and nothing of them stays."""

import contextlib
import io
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from PIL import Image

from harness.people import Answer, Person
from harness.pictures import add, picture, send
from harness.processes import Easel, until

MIB = 2**20
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"\0" * 64) -> bytes:
    """A PNG of these parts, whatever they are."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    )


def packed_zeros(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


def whole(mode: str, width: int, height: int, kind: str) -> bytes:
    body = io.BytesIO()
    Image.new(mode, (width, height)).save(body, kind)
    return body.getvalue()


def resized(kind: str) -> bytes:
    """A small file whose header says that it is 65,000 × 65,000."""
    body = bytearray(picture(kind=kind))
    if kind == "GIF":
        body[6:10] = struct.pack("<HH", 65_000, 65_000)
        place = body.index(b"\x2c") + 5
        body[place : place + 4] = struct.pack("<HH", 65_000, 65_000)
    else:
        place = body.index(b"\xff\xc0") + 5
        body[place : place + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(body)


Body = bytes | Callable[[], bytes]  # what takes long to make is made when it is needed

REFUSED: dict[str, tuple[Body, int]] = {
    "nothing": (b"", 422),
    "svg": (SVG, 415),
    "svg behind a declaration": (b"\xef\xbb\xbf <?xml version='1.0'?><!DOCTYPE svg>" + SVG, 415),
    "html": (b"<!doctype html><script>alert(1)</script>", 415),
    "text": (b"hello", 415),
    "pdf": (b"%PDF-1.7 ...", 415),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", 415),
    "program": (b"MZ\x90\0" + bytes(1000), 415),
    "archive": (b"PK\x03\x04" + bytes(1000), 415),
    "postscript": (b"%!PS-Adobe-3.0\n", 415),
    "tiff": (b"II*\0" + bytes(100), 415),
    "a signature alone": (b"\x89PNG\r\n\x1a\n", 422),
    "gif that is a script": (b"GIF89a/*" + b"*/=1;alert(1)//" + bytes(20), 422),
    "webp that is a sound": (b"RIFF\x24\0\0\0WEBPfmt " + bytes(28), 422),
    "png of 400 megapixels in 50 kB": (lambda: whole("1", 20_000, 20_000, "PNG"), 422),
    "png with the largest header": (png(2**31 - 1, 2**31 - 1), 422),
    "png of no size": (png(0, 0), 422),
    "png of fewer pixels than it says": (png(5_000, 5_000), 422),
    "very long png": (png(40_000, 1), 422),
    "gif with a huge header": (resized("GIF"), 422),
    "jpeg with a huge header": (resized("JPEG"), 422),
    "webp of 268 megapixels": (
        b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + b"\xff\x3f\x00" * 2 + b"VP8 " + bytes(40),
        422,
    ),
    "too many bytes": (picture() + bytes(10 * MIB), 413),
}
REFUSED |= {
    f"half a {kind}": (picture(200, 200, kind=kind)[:-60], 422) for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
}

# What can be read all the same is read, and what was hidden in it is gone.
HARMLESS: dict[str, Callable[[], bytes]] = {
    "zip bomb in a comment": lambda: png(4, 4, chunk(b"zTXt", b"c\0\0" + packed_zeros(200 * MIB)), pixels=bytes(52)),
    "zip bomb as a profile": lambda: png(4, 4, chunk(b"iCCP", b"c\0\0" + packed_zeros(200 * MIB)), pixels=bytes(52)),
    "zip bomb behind the pixels": lambda: png(4, 4, pixels=bytes(200 * MIB)),
}


class Traces:
    """What an Easel keeps: rows, objects in storage, temporary files."""

    def __init__(self, easel: Easel, temporary: Path) -> None:
        self.easel, self.temporary = easel, temporary
        (key,) = Path(easel.settings["DATA_DIR"]).rglob("admin_key")
        self.headers = {"Authorization": f"Convex {key.read_text().strip()}"}

    async def strays(self, http: aiohttp.ClientSession) -> int:
        """Stored objects without a row."""
        call = {"path": "files:sweep", "args": {"now": 4e12}, "format": "json"}
        async with http.post(f"{self.easel.convex_url}/api/function", json=call, headers=self.headers) as answer:
            return int(orjson.loads(await answer.read())["value"]["deleted"])

    def open_files(self) -> list[str]:
        """Nameless files that the web process has open."""
        links = []
        for fd in Path(f"/proc/{self.easel.web_pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                links.append(str(fd.readlink()))
        return [link for link in links if link.startswith(str(self.temporary))]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traces]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "tmp").mkdir()
    with Easel(folder, TMPDIR=str(folder / "tmp")) as easel:
        yield Traces(easel, folder / "tmp")


@pytest.fixture
async def eve(watched: Traces, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, watched.easel.url, "Eve")


@pytest.fixture
async def board(eve: Person, watched: Traces, http: aiohttp.ClientSession) -> AsyncIterator[str]:
    """A board on which nothing is afterwards, and nothing of it anywhere else."""
    board = await eve.create_board()
    yield board
    assert await eve.shapes(board) == []
    listed = (await eve.get(f"/boards/{board}/files")).json
    assert (listed["files"], listed["board"]["bytes"], listed["you"]["bytes"]) == ([], 0, 0)
    assert await watched.strays(http) == 0
    assert list(watched.temporary.iterdir()) == []
    await until(lambda: not watched.open_files(), "the web process has closed its temporary files")


@pytest.mark.parametrize("what", REFUSED)
async def test_a_file_that_is_no_good_picture_is_refused_and_gone(eve: Person, board: str, what: str) -> None:
    body, status = REFUSED[what]
    answer = await send(eve, board, body() if callable(body) else body)
    assert (answer.status, answer.error["field"]) == (status, "file"), answer.body
    assert answer.error["message"].endswith((".", "!")), answer.error


async def test_the_sentence_says_what_to_do_with_an_svg(eve: Person, board: str) -> None:
    answer = await send(eve, board, SVG, "drawing.png")
    assert "export it as PNG" in answer.error["message"]


@pytest.mark.parametrize("what", HARMLESS)
async def test_what_is_hidden_in_a_picture_does_no_harm(
    watched: Traces, eve: Person, what: str, http: aiohttp.ClientSession
) -> None:
    board = await eve.create_board()
    answer = await send(eve, board, HARMLESS[what]())
    assert answer.status in (201, 422), answer.body
    if answer.status == 201:
        kept = await eve.get(f"/boards/{board}/images/{answer.json['file']}")
        assert len(kept.body) < 1000
    assert await watched.strays(http) == 0


async def test_a_picture_after_all_of_that_is_as_welcome_as_before(eve: Person) -> None:
    assert (await add(eve, await eve.create_board()))["kind"] == "image"


# Forms


def part(name: str, body: bytes, extra: str = "") -> bytes:
    return f'--B\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + body + b"\r\n"


FILE = part("file", picture(), '; filename="a.png"')
END = b"--B--\r\n"
FORMS: dict[str, tuple[bytes, int]] = {
    "no file": (part("x", b"1") + END, 400),
    "no parts": (END, 400),
    "two files": (FILE + FILE + END, 400),
    "a field twice": (part("x", b"1") + part("x", b"2") + FILE + END, 400),
    "a hundred fields": (b"".join(part(f"f{n}", b"") for n in range(100)) + FILE + END, 400),
    "a long field": (part("alt", b"a" * 5_000) + FILE + END, 400),
    "a long header": (part("alt", b"a", "; a=" + "b" * 5_000) + FILE + END, 400),
    "a part without a name": (b"--B\r\n\r\nbody\r\n" + FILE + END, 400),
    "an unknown field": (part("z", b"1") + FILE + END, 422),
    "no end": (FILE, 400),
    "half a file": (FILE[:-20], 400),
    "garbage": (b"garbage" * 1000, 400),
    "nothing": (b"", 400),
    "nothing but line ends": (b"\r\n" * 100_000, 400),
}


async def post(person: Person, board: str, body: Any, kind: str = "multipart/form-data; boundary=B") -> Answer:
    return await person.request("POST", f"/boards/{board}/images", data=body, headers={"Content-Type": kind})


@pytest.mark.parametrize("what", FORMS)
async def test_a_form_that_is_not_as_it_should_be_is_refused(eve: Person, board: str, what: str) -> None:
    body, status = FORMS[what]
    answer = await post(eve, board, body)
    assert answer.status == status, answer.body
    assert answer.error["message"].endswith((".", "forbidden", "permitted")), answer.error


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data", "text/plain", "multipart/form-data; boundary="]
)
async def test_what_is_no_form_with_a_file_is_refused(eve: Person, board: str, kind: str) -> None:
    assert (await post(eve, board, FILE + END, kind)).status == 415


async def test_a_body_without_an_announced_length_is_counted_as_it_comes(eve: Person, board: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield FILE[:-2]
        for _ in range(20):
            yield bytes(MIB)

    answer = await post(eve, board, endless())
    assert (answer.status, answer.error["code"]) == (413, "too_large")


async def test_a_sender_who_goes_away_leaves_nothing(watched: Traces, eve: Person, board: str) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield FILE[:-2]
        yield bytes(MIB)
        raise OSError("gone")

    with pytest.raises((aiohttp.ClientError, OSError)):
        await post(eve, board, broken())
    await until(lambda: not watched.open_files(), "the upload's file is closed")


async def test_a_name_is_only_shown(eve: Person) -> None:
    board = await eve.create_board()
    name = "../../etc/<img src=x onerror=alert(1)>\u202egnp.svg"
    body = part("file", picture(), f'; filename="{name}"') + END
    assert (await post(eve, board, body)).status == 201
    page = (await eve.get(f"/boards/{board}/files", headers={"Accept": "text/html"})).body.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;gnp.svg" in page
    assert "<img src=x" not in page
    assert "etc/" not in page
