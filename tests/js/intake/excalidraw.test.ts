// Excalidraw's drawings are here what they are on the server: tests/fixtures/excalidraw.json holds both to it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { elements, shapes } from "../../../browser/intake/excalidraw.ts";

const FIXTURE = new URL("../../fixtures/excalidraw.json", import.meta.url);
const drawings: Record<string, { elements: object[]; shapes: object[] }> = JSON.parse(readFileSync(FIXTURE, "utf8"));

/** With places in place of ids. */
function plain(found: any[]) {
  const ids = new Map(found.map(({ id }, n) => [id, n]));
  const groups = [""];
  return found.map(({ z, ...shape }) => {
    if (!groups.includes(shape.group)) groups.push(shape.group);
    for (const end of ["from", "to"]) if (shape[end]) shape[end] = { ...shape[end], id: ids.get(shape[end].id) };
    return { ...shape, id: ids.get(shape.id), group: groups.indexOf(shape.group) };
  });
}

for (const [name, drawing] of Object.entries(drawings))
  test(name, () => {
    const read = elements(JSON.stringify({ type: "excalidraw", elements: drawing.elements })) ?? [];
    assert.deepEqual(plain(shapes(read)), drawing.shapes);
  });
