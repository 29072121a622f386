"""What runs in the two windows of `felt`: it notes the hand's events there, and what each frame shows here."""

HAND = """start => {
  window.hand_ = [];
  addEventListener("pointermove", event => {
    for (const each of event.getCoalescedEvents())
      hand_.push([performance.timeOrigin + each.timeStamp, each.clientX - start]);
  }, true);
}"""

# An observer of sizes runs after all that a frame does, and before it is painted.
_WATCH = """() => {
  const shown = () => SHOWN;
  const probe = document.body.appendChild(document.createElement("div"));
  probe.style.cssText = "position: fixed; top: -9px; height: 1px";
  window.frames_ = [];
  let odd = 0;
  new ResizeObserver(() => frames_.push([performance.timeOrigin + performance.now(), shown()])).observe(probe);
  const tick = () => {
    probe.style.width = `${1 + (odd ^= 1)}px`;
    window.tick_ = requestAnimationFrame(tick);
  };
  tick();
}"""


def watch(shown: str) -> str:
    """Note this number, an expression in the page, in every frame until STOP."""
    return _WATCH.replace("SHOWN", shown)


STOP = "() => { cancelAnimationFrame(window.tick_); return window.frames_.slice(2); }"
