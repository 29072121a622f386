// The board on paper, and its name on the tab.

const MARGIN = 32; // board px around the drawing

// The camera moves #board by a transform; on paper the drawing is fitted to the sheet, all of it.
const board = document.querySelector("svg#board") as unknown as SVGSVGElement | null;
if (board) {
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    const box = board.getBBox();
    if (box.width || box.height) {
      const [x, y, width, height] = [box.x - MARGIN, box.y - MARGIN, box.width + 2 * MARGIN, box.height + 2 * MARGIN];
      board.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    }
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    board.removeAttribute("viewBox");
  });
}
document.querySelector("[data-print]")?.addEventListener("click", () => print());

const title = document.getElementById("title");
if (title) {
  new MutationObserver(() => (document.title = `${title.textContent} · Easel`)).observe(title, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}
