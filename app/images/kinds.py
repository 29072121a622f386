"""What a file is by its first bytes. Its name and what the browser calls it count for nothing."""

from app.errors import Invalid, UnsupportedMedia

HEAD = 512  # bytes that decide
TAKEN = "PNG, JPEG, WebP, GIF and AVIF"
FTYP = slice(4, 8)
BRAND = slice(8, 12)


def kind_of(head: bytes) -> str:
    """PNG, JPEG, WEBP, GIF or AVIF. Raises UnsupportedMedia, and Invalid for no bytes at all."""
    if not head:
        raise Invalid("The file is empty.", field="file")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[BRAND] == b"WEBP":
        return "WEBP"
    if head[FTYP] == b"ftyp" and head[BRAND] in (b"avif", b"avis"):
        return "AVIF"
    raise UnsupportedMedia(advice(head), field="file", limit=TAKEN)


def advice(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in text or (text.startswith(b"<?xml") and b"svg" in text):
        return "SVG pictures can carry scripts and are not taken: export it as PNG, and add that."
    if head[FTYP] == b"ftyp" and head[BRAND] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"):
        return "HEIC pictures are not taken: save it as JPEG, and add that."
    if text.startswith(b"%pdf"):
        return "A PDF is not a picture: export the page as PNG, and add that."
    return f"This file is none of {TAKEN}, whatever its name says."
