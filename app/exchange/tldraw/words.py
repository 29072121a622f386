"""What is written in tldraw's shapes: plain, or rich text without its look."""

from typing import Any

from app.exchange.ground.values import entries, table, words

DEEPEST = 20  # lists in lists
BLOCKS = ("paragraph", "heading", "listItem", "codeBlock", "blockquote")


def said(props: dict[str, Any]) -> str:
    rich = props.get("richText")
    return lines(rich, 0).strip("\n") if isinstance(rich, dict) else words(props.get("text"))


def lines(node: dict[str, Any], depth: int) -> str:
    """The text of a node, each block on a line of its own."""
    if node.get("type") == "text":
        return words(node.get("text"))
    if node.get("type") == "hardBreak":
        return "\n"
    if depth > DEEPEST:
        return ""
    inside = entries(node.get("content"))
    found = [lines(part, depth + 1) for part in inside]
    blocks = any(part.get("type") in BLOCKS or "List" in str(part.get("type")) for part in inside)
    text = ("\n" if blocks else "").join(found)
    return f"• {text}" if node.get("type") == "listItem" else text


def address(props: dict[str, Any], asset: dict[str, Any]) -> str:
    """Of a bookmark or an embed: its title, and where it leads."""
    of = table(asset.get("props"))
    url = words(props.get("url")) or words(of.get("src"))
    title = words(of.get("title"))
    return f"{title}\n{url}".strip() if title != url else url
