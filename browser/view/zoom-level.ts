import type { Camera } from "./camera.ts";

/** Says the zoom in per cent. */
export function showZoom(element: HTMLElement, camera: Camera) {
  camera.moves.add((_x, _y, zoom) => {
    element.textContent = `${zoom < 0.1 ? Number((100 * zoom).toPrecision(2)) : Math.round(100 * zoom)}%`;
  });
}
