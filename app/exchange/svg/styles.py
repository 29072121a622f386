"""What each element looks like: its attributes, the drawing's style sheets, and what it has from those around it."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from app.exchange.svg.lengths import px

# fmt: off
INHERITED = frozenset((
    "color", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
    "stroke-linecap", "font-size", "text-anchor", "dominant-baseline", "visibility", "marker-start", "marker-end",
    "white-space", "text-align",
))
OWN = frozenset(("opacity", "display", "clip-path", "mask", "filter", "stop-color", "stop-opacity", "transform"))
# fmt: on
START = {"color": "black", "fill": "black", "stroke": "none", "stroke-width": "1", "font-size": "16"}
NOT_HERE = re.compile(r"print|prefers-color-scheme\s*:\s*dark", re.IGNORECASE)
FUNCTION = re.compile(r"light-dark\(\s*((?:[^(),]|\([^()]*\))*),(?:[^()]|\([^()]*\))*\)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
NESTED = 5  # variables in variables

Style = dict[str, str]
Declared = tuple[str, str, bool]  # name, value, whether it is important


class Styles:
    def __init__(self, root: ElementWrapper) -> None:
        self._matcher = Matcher()
        for element in root.iter_subtree():
            if element.local_name == "style":
                self._add(tinycss2.parse_stylesheet("".join(element.etree_element.itertext()), True, True))

    def _add(self, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                if not NOT_HERE.search(tinycss2.serialize(rule.prelude)):
                    self._add(tinycss2.parse_rule_list(rule.content, True, True))
            elif rule.type == "qualified-rule":
                try:
                    selectors = compile_selector_list(rule.prelude)
                except SelectorError:
                    continue
                given = list(declarations(rule.content))
                for selector in selectors:
                    self._matcher.add_selector(selector, given)

    def of(self, element: ElementWrapper, around: Style) -> Style:
        """`around` is the style of the element that it is drawn in."""
        inherited = {name: value for name, value in around.items() if name in INHERITED or name.startswith("--")}
        found = {**inherited, **self._own(element)}
        made = {name: resolved(value, found) for name, value in found.items()}
        for name in [name for name, value in made.items() if value == "inherit"]:
            made[name] = around.get(name, START.get(name, ""))
        made["font-size"] = str(px(made["font-size"], font(around), font(around)))
        return made

    def _own(self, element: ElementWrapper) -> Style:
        attributes = element.etree_element.attrib
        found = {name: value for name, value in attributes.items() if name in INHERITED or name in OWN}
        important: Style = {}
        given = [one for *_, payload in self._matcher.match(element) for one in payload]
        for name, value, must in [*given, *declarations(attributes.get("style", ""))]:
            (important if must else found)[name] = value
        return found | important


def declarations(source: Any) -> Iterator[Declared]:
    """Of a `style` attribute, or of what a rule has between its braces."""
    for one in tinycss2.parse_blocks_contents(source, True, True):
        if one.type != "declaration":
            continue
        value = tinycss2.serialize(one.value).strip()
        if one.lower_name == "marker":
            yield from [(f"marker-{end}", value, one.important) for end in ("start", "end")]
        elif one.lower_name == "font":
            size = re.search(r"([\d.]+(?:px|pt|em|rem|%))", value)
            yield "font-size", size[1] if size else "inherit", one.important
        else:
            yield one.name if one.name.startswith("--") else one.lower_name, value, one.important


def resolved(value: str, style: Style) -> str:
    """Without variables, and as it is in the light."""
    for _ in range(NESTED):
        if "(" not in value:
            return value
        value = VARIABLE.sub(lambda found: style.get(found[1]) or (found[2] or "").strip(), value)
        value = FUNCTION.sub(lambda found: found[1].strip(), value)
    return value


def font(style: Style) -> float:
    """The size of its letters, in px."""
    return px(style.get("font-size"), 16.0, 16.0)
