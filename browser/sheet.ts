import { Board } from "./board.ts";
import { find } from "./ground/find.ts";
import type { Role } from "./ground/role.ts";
import { edits } from "./ground/role.ts";
import { Hand } from "./hand.ts";
import { ENDS_HERE } from "./kinds/world.ts";
import { Drafts } from "./scene/drafts.ts";
import { Lift } from "./scene/lift.ts";
import { Pending } from "./scene/pending.ts";
import { Scene } from "./scene/scene.ts";
import { Selection } from "./scene/selection.ts";
import { Shapes } from "./scene/shapes.ts";
import { toast } from "./site/toast.ts";
import type { Box, Shape } from "./types/shape.ts";
import { Camera } from "./view/camera.ts";
import { clearing } from "./view/clearing.ts";
import { thicken } from "./view/hairline.ts";
import { Overlay } from "./view/overlay.ts";
import { Paper } from "./view/paper.ts";
import { showZoom } from "./view/zoom-level.ts";

const LOOKS = "You can view this board, but not change it.";
const WATCHES = "The owner is presenting: only the owner can draw now.";

/**
 * The board and the hand, with what they are made of: the shapes of the server, and what is laid over them.
 * @param data of the page
 * @param content around the drawing, as the page came
 * @param setAside see Board
 */
export function openSheet(data: DOMStringMap, content: Box | null, setAside: (why: string, shapes: Shape[]) => void) {
  const svg = find("#board", SVGSVGElement);
  const lifted = find("#canvas > #lifted", HTMLElement);
  const layers = [svg, lifted, find(".overlay", SVGSVGElement), find("#canvas > #writing", HTMLElement)];

  const pending = new Pending();
  const scene = new Scene(find("#shapes", SVGGElement), pending);
  const drafts = new Drafts(find(".drafts", SVGGElement), scene, pending, BigInt(data.ts ?? "0"));
  const shapes = new Shapes(scene, "large" in data ? content : null);
  const selection = new Selection(shapes);

  const canvas = find("#canvas", HTMLElement);
  const camera = new Camera(canvas, layers, `easel:camera:${data.board}`, {
    clear: () => clearing(edits(data.role)),
    content: () => shapes.bounds(),
    edge: () => toast("info", ENDS_HERE),
  });
  camera.views.add((view) => scene.places.cull(view));
  camera.rests.add(() => thicken(canvas, camera.zoom));
  new Paper(find("#grid", HTMLElement), camera);
  showZoom(find("#zoom-level", HTMLElement), camera);

  const role = () => data.role as Role;
  const onlyLooks = () => ("presenting" in data ? WATCHES : LOOKS);
  const board = new Board({ shapes, selection, camera, role, onlyLooks, setAside });

  const overlay = new Overlay(find("#canvas > #selection", SVGSVGElement), board);
  const picture = find("#canvas > #lifted > svg", SVGSVGElement);
  const lift = new Lift(picture, find("#canvas > #lifted > svg > .lifted", SVGGElement), scene);
  const hand = new Hand(board, { overlay, drafts, lift });
  hand.onTool((tool) => {
    overlay.handles = board.mayEdit && tool === "select";
    overlay.changed();
  });
  return { pending, scene, drafts, board, hand };
}
