// Compiles modules with esbuild.
import type { SourceMapPayload } from "node:module";
import { resolve } from "node:path";
import { type BuildFailure, build, type Plugin, stop } from "esbuild";
import { FunctionError } from "../value/errors.ts";

let running = 0;

/**
 * The bundle of `contents`, whose imports are relative to the folder: for Node if it gets the names of packages that Node
 * loads itself. Raises FunctionError if it does not compile.
 */
export async function compile(
  folder: string,
  contents: string,
  { external, plugins = [] }: { external?: string[]; plugins?: Plugin[] } = {},
): Promise<{ code: string; map: SourceMapPayload; folders: string[] }> {
  running++;
  try {
    const result = await build({
      stdin: { contents, resolveDir: resolve(folder), sourcefile: "entry.js" },
      absWorkingDir: resolve(folder),
      bundle: true,
      write: false,
      outdir: resolve(folder, "out"),
      format: "iife",
      globalName: "__modules",
      banner: { js: '"use strict";' },
      platform: external ? "node" : "browser",
      ...(external?.includes("*") ? { packages: "external" } : { external: external ?? [] }),
      target: "esnext",
      conditions: ["convex", "module"],
      plugins,
      sourcemap: "external",
      sourcesContent: false,
      metafile: true,
      keepNames: true,
      logLevel: "silent",
    });
    const inputs = Object.keys(result.metafile.inputs).filter(
      (name) => !name.includes("node_modules") && !name.includes(":") && name !== "entry.js",
    );
    const outside = inputs.filter((name) => name.startsWith("..")).map((name) => resolve(folder, name, ".."));
    const text = (end: string): string => result.outputFiles.find(({ path }) => path.endsWith(end))!.text;
    return {
      code: text(".js"),
      map: JSON.parse(text(".js.map")) as SourceMapPayload,
      folders: [...new Set([resolve(folder), ...outside])],
    };
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors) throw error;
    const lines = errors.map(
      ({ text, location }) => `${location ? `${location.file}:${location.line}:${location.column}: ` : ""}${text}`,
    );
    throw new FunctionError(`The functions do not compile:\n${lines.join("\n")}`);
  } finally {
    // Its process takes 20 MB and is started again in 30 ms.
    if (--running === 0) await stop();
  }
}
