// Stack traces of functions, mapped back to their sources.
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename, relative, resolve } from "node:path";

/** The callers' names may be missing: `at name (position)`, `at async position`, `at position`. */
const FRAME = /^\s+at (?:(.*?) \(|(async ))?functions\.js:(\d+):(\d+)\)?$/gm;

/** Turns positions in the bundle into `    at name (../convex/file.ts:line:column)`; frames of packages are left out. */
export function tracer(folder: string, payload: SourceMapPayload): (stack: string) => string {
  let map: SourceMap | undefined;
  const out = resolve(folder, "out");
  return (stack) => {
    map ??= new SourceMap(payload);
    let trace = "";
    for (const [, name, async = "", line, column] of stack.matchAll(FRAME)) {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in entry)) continue;
      const file = resolve(out, entry.originalSource);
      if (file.includes("node_modules")) continue;
      const path = `../${basename(resolve(folder))}/${relative(resolve(folder), file)}`;
      trace += `    at ${name ?? `${async}<anonymous>`} (${path}:${entry.originalLine + 1}:${entry.originalColumn + 1})\n`;
    }
    return trace;
  };
}
