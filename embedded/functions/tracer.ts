// Stack traces of functions, mapped back to their sources.
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename, posix, relative, resolve } from "node:path";

/** The callers' names may be missing: `at name (position)`, `at async position`, `at position`. */
const FRAME = /^\s+at (?:(.*?) \(|(async ))?((?:functions|component\d+)\.js):(\d+):(\d+)\)?$/gm;
/** The package of a file; empty for the app's own. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+|/;

/** A compiled script: its folder, and its source map. */
export interface Traced {
  folder: string;
  map: SourceMapPayload;
}

/**
 * Turns positions in the scripts, given by their names, into `    at name (../convex/file.ts:line:column)`; frames of packages are
 * left out, except those of a component in its own package.
 */
export function tracer(app: string, scripts: ReadonlyMap<string, Traced>): (stack: string) => string {
  const maps = new Map<string, SourceMap>();
  return (stack) => {
    let trace = "";
    for (const [, name, async = "", script, line, column] of stack.matchAll(FRAME)) {
      const traced = scripts.get(script!);
      if (traced === undefined) continue;
      const map = maps.get(script!) ?? new SourceMap(traced.map);
      maps.set(script!, map);
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in entry)) continue;
      const folder = resolve(traced.folder);
      const file = resolve(folder, "out", entry.originalSource);
      if (PACKAGE.exec(file)![0] !== PACKAGE.exec(folder)![0]) continue;
      const path = posix.join("..", basename(resolve(app)), relative(resolve(app), file));
      trace += `    at ${name ?? `${async}<anonymous>`} (${path}:${entry.originalLine + 1}:${entry.originalColumn + 1})\n`;
    }
    return trace;
  };
}
