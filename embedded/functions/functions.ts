// The functions folder: bundled by esbuild into one script, checked, and described.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename, join, relative, resolve } from "node:path";
import vm from "node:vm";
import { type BuildFailure, build, stop } from "esbuild";
import { FunctionError, RequestError, StartError } from "../value/errors.ts";
import type { ValidatorJson } from "../value/json.ts";

export type Kind = "query" | "mutation" | "action";

/** One exported function, as `list` describes it. */
export interface FunctionInfo {
  module: string;
  name: string;
  kind: Kind;
  public: boolean;
  args: ValidatorJson;
  returns: ValidatorJson | null;
}

export interface SchemaJson {
  tables: {
    tableName: string;
    indexes: { indexDescriptor: string; fields: string[] }[];
    searchIndexes: { indexDescriptor: string; searchField: string; filterFields: string[] }[];
    vectorIndexes?: VectorIndexJson[];
    documentType: ValidatorJson;
  }[];
  schemaValidation: boolean;
}

export interface VectorIndexJson {
  indexDescriptor: string;
  vectorField: string;
  dimensions: number;
}

export interface Bundle {
  script: vm.Script;
  /** `[Request ID…]` traces are mapped back to the sources with it. */
  trace: (stack: string) => string;
  authScript: vm.Script | null;
  /** For actions: the same code, or, if some of it says "use node", all of it compiled for Node. */
  actions: { code: string; trace: (stack: string) => string; forNode: boolean };
  /** Folders to watch. */
  watch: string[];
}

const SCRIPT = "functions.js";
const USE_NODE = /^\s*(?:\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*["']use node["']/;
const ENTRY = /\.[cm]?[jt]sx?$/;
const SKIPPED = /\.d\.[cm]?ts$|\.test\.[jt]sx?$|^(schema|auth\.config)\.[jt]s$/;

/** Raises StartError if the folder cannot be read, FunctionError if the code does not compile. */
export async function bundle(folder: string): Promise<Bundle> {
  const files = entryPoints(folder);
  const schema = ["schema.ts", "schema.js"].find((name) => exists(join(folder, name)));
  const auth = ["auth.config.ts", "auth.config.js"].find((name) => exists(join(folder, name)));
  const forNode = files.filter((file) => USE_NODE.test(readFileSync(join(folder, file), "utf8")));
  const common = files.filter((file) => !forNode.includes(file));
  const [main, node, authText] = await Promise.all([
    compile(folder, entrySource(schema ? [...common, schema] : common)),
    forNode.length > 0 ? compile(folder, entrySource(files), "node") : null,
    auth ? compile(folder, `export { default } from "./${auth}";`) : null,
  ]);
  // Its process takes 20 MB and is started again in 30 ms.
  await stop();
  const trace = tracer(folder, main.map);
  return {
    script: new vm.Script(main.code, { filename: SCRIPT }),
    trace,
    actions: { code: (node ?? main).code, trace: node ? tracer(folder, node.map) : trace, forNode: node !== null },
    authScript: authText && new vm.Script(authText.code, { filename: "auth.config.js" }),
    watch: main.folders,
  };
}

function entryPoints(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .filter(
        (name) =>
          ENTRY.test(name) &&
          !SKIPPED.test(name) &&
          !/(^|\/)(_generated|node_modules)(\/|$)/.test(name) &&
          (basename(name).match(/\./g) ?? []).length === 1,
      )
      .sort();
  } catch (error) {
    throw new StartError(`The functions folder ${folder} cannot be read: ${(error as Error).message}.`);
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function entrySource(files: string[]): string {
  const imports = files.map((file, i) => `import * as m${i} from ${JSON.stringify(`./${file}`)};`);
  const names = files.map((file, i) => `${JSON.stringify(file.replace(ENTRY, ""))}: m${i}`);
  return `${imports.join("\n")}\nexport default { ${names.join(", ")} };`;
}

async function compile(
  folder: string,
  contents: string,
  platform: "browser" | "node" = "browser",
): Promise<{ code: string; map: SourceMapPayload; folders: string[] }> {
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
      platform,
      target: "esnext",
      conditions: ["convex", "module"],
      sourcemap: "external",
      sourcesContent: false,
      metafile: true,
      keepNames: true,
      logLevel: "silent",
    });
    const inputs = Object.keys(result.metafile.inputs).filter(
      (name) => !name.includes("node_modules") && name !== "entry.js",
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
  }
}

/** Turns positions in the bundle into `    at name (../convex/file.ts:line:column)`; frames of packages are left out. */
function tracer(folder: string, payload: SourceMapPayload): (stack: string) => string {
  let map: SourceMap | undefined;
  const out = resolve(folder, "out");
  return (stack) => {
    map ??= new SourceMap(payload);
    let trace = "";
    for (const [, name, line, column] of stack.matchAll(/^\s+at (?:(.*?) \()?functions\.js:(\d+):(\d+)\)?$/gm)) {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in entry)) continue;
      const file = resolve(out, entry.originalSource);
      if (file.includes("node_modules")) continue;
      const path = `../${basename(resolve(folder))}/${relative(resolve(folder), file)}`;
      trace += `    at ${name ?? "<anonymous>"} (${path}:${entry.originalLine + 1}:${entry.originalColumn + 1})\n`;
    }
    return trace;
  };
}

/** How `convex/server` names a function that a function calls. */
export interface FunctionAddress {
  name?: string;
  functionHandle?: string;
}
const HANDLE = "function://;";
export const handleOf = (path: string): string => HANDLE + path;

/** The path of the function. Raises FunctionError for one of a component. */
export function addressed({ name, functionHandle }: FunctionAddress): string {
  const path = name ?? (functionHandle?.startsWith(HANDLE) ? functionHandle.slice(HANDLE.length) : undefined);
  if (path === undefined)
    throw new FunctionError("Only functions of this app can be called: components are not supported.");
  return path;
}

/** The path as it is. Raises RequestError if no function can have it. */
export function checkPath(path: string): string {
  const { module, name } = parsePath(path);
  const wrong = [...module.split("/"), name].find(
    (part) => !/^[\w.]*[A-Za-z0-9][\w.]*$/.test(part) || part.length > 64,
  );
  if (wrong === undefined) return path;
  throw new RequestError(
    400,
    "BadConvexFunctionIdentifier",
    `${path} is not a valid path to a Convex function. Path component ${wrong} can only contain alphanumeric characters, underscores, or periods.`,
  );
}

/** `messages.js:list`, as errors show it. */
export function canonicalPath(path: string): string {
  const { module, name } = parsePath(path);
  return `${module}.js:${name}`;
}

/** `messages:list`, `messages.js:list`, `folder/messages` -> the module and the export. */
export function parsePath(path: string): { module: string; name: string } {
  const colon = path.indexOf(":");
  const module = (colon < 0 ? path : path.slice(0, colon)).replace(/\.js$/, "");
  return { module, name: colon < 0 ? "default" : path.slice(colon + 1) };
}
