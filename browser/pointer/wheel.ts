import { settings } from "../ground/settings.ts";
import type { Camera } from "../view/camera.ts";

/** What the three ways of counting that a wheel has come to, in px: see WheelEvent.deltaMode. */
const UNITS = [1, 16, 800];

/** A trackpad's pinch comes as many small steps, a wheel's notch as one of about 100: that is tamed to this. */
const NOTCH = 25;

/** The wheel pans, and zooms with Ctrl; or as the person has set it. */
export function turnWheel(event: WheelEvent, camera: Pick<Camera, "zoom" | "zoomTo" | "panBy">) {
  event.preventDefault();
  const dx = event.deltaX * UNITS[event.deltaMode];
  const dy = event.deltaY * UNITS[event.deltaMode];
  if (event.ctrlKey || event.metaKey || (settings.wheel === "zoom" && !event.shiftKey)) {
    const step = Math.max(-NOTCH, Math.min(NOTCH, -dy));
    camera.zoomTo(camera.zoom * Math.exp(step / 100), event.clientX, event.clientY);
  } else if (event.shiftKey && dx === 0) camera.panBy(-dy, 0);
  else camera.panBy(-dx, -dy);
}
