"""Pastes and drops as browsers deliver them, in several flavours at once."""

from base64 import b64encode

from tests.browser.board_page import BoardPage

BRING = """([how, flavours, files, target]) => {
    const data = new DataTransfer();
    for (const [type, value] of Object.entries(flavours)) data.setData(type, value);
    for (const [name, type, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const element = document.querySelector(target);
    const options = { bubbles: true, cancelable: true };
    if (how === "paste") element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, ...options }));
    else for (const type of ["dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer: data, clientX: 640, clientY: 400, ...options }));
    }
}"""

File = tuple[str, str, bytes]


async def bring(
    page: BoardPage, how: str, flavours: dict[str, str], *files: File, target: str = "#canvas > #surface"
) -> None:
    """`how` is "paste" or "drop"; each file is its name, the type that the system gives it, and its bytes."""
    sent = [[name, kind, b64encode(body).decode()] for name, kind, body in files]
    await page.page.evaluate(BRING, [how, flavours, sent, target])
