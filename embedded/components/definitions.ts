// convex.config.ts: which components an app uses, and which components those use.
import { readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import vm from "node:vm";
import type { Plugin, PluginBuild } from "esbuild";
import { compile } from "../functions/compile.ts";
import { FunctionError } from "../value/errors.ts";

/** What `export()` of `defineApp` and `defineComponent` answers in npm convex 1.48. */
export interface Definition {
  childComponents: { name: string; path: string; env: [string, Binding][] | null }[];
  /** From a path that ends with `/` to `_reference/childComponent/NAME`. */
  httpMounts: Record<string, string>;
  /** Of an app: where its own routes are. */
  httpPrefix?: string;
  /** Names and validators, as JSON. */
  envVars?: [string, { value: string; optional?: boolean }][];
}
/** A text, or the name of a variable of who uses the component. */
export type Binding = { type: "value"; value: string } | { type: "envVar"; name: string };

/** The definitions before they are evaluated. */
export interface Config {
  script: vm.Script;
  /** Of all components: their functions and schemas are there. */
  folders: string[];
}

export interface Definitions {
  app: Definition;
  /** By folder. */
  components: Record<string, Definition>;
}

const FILE = /^convex\.config\.[jt]s$/;
const DEFINED = "component";
const TIME_LIMIT_MS = 5000;

/** The app's convex.config; null if there is none. Raises FunctionError if it does not compile. */
export async function configOf(folder: string): Promise<Config | null> {
  const file = readdirSync(folder).find((name) => FILE.test(name));
  if (file === undefined) return null;
  const found = new Set<string>();
  const { code } = await compile(folder, `export { default } from "./${file}";`, { plugins: [finder(found)] });
  return { script: new vm.Script(code, { filename: file }), folders: [...found].sort() };
}

/** Each convex.config that another one imports becomes a module that knows the folder of the component. */
function finder(found: Set<string>): Plugin {
  return {
    name: "components",
    setup(build) {
      build.onResolve({ filter: /convex\.config/ }, async (args) => {
        if (args.pluginData === DEFINED || args.importer.endsWith("entry.js")) return undefined;
        if (args.namespace === DEFINED) return { path: args.path };
        const path = await find(build, args.path, args.resolveDir);
        if (path === undefined || path === "") return undefined;
        found.add(dirname(path));
        return { path, namespace: DEFINED };
      });
      build.onLoad({ filter: /.*/, namespace: DEFINED }, ({ path }) => ({
        contents: `
          import definition from ${JSON.stringify(path)};
          definition.componentDefinitionPath = ${JSON.stringify(dirname(path))};
          definition.defaultName = definition._name;
          (globalThis.definitions ??= {})[definition.componentDefinitionPath] = definition;
          export default definition;`,
        resolveDir: dirname(path),
      }));
    },
  };
}

/** Imports of TypeScript may say `.js`. */
async function find(build: PluginBuild, path: string, resolveDir: string): Promise<string | undefined> {
  for (const candidate of [path, path.replace(/\.js$/, ".ts")]) {
    const { path: found } = await build.resolve(candidate, {
      kind: "import-statement",
      resolveDir,
      pluginData: DEFINED,
    });
    if (found !== "") return resolve(found);
  }
  return undefined;
}

/** Runs convex.config. Raises FunctionError. */
export function evaluate({ script }: Config, env: Readonly<Record<string, string>>): Definitions {
  const context = vm.createContext({ process: { env: { ...env } } });
  try {
    script.runInContext(context, { timeout: TIME_LIMIT_MS });
    const text = vm.runInContext(
      `const of = (definitions) => Object.fromEntries(Object.entries(definitions).map(([path, one]) => [path, one.export()]));
      if (__modules.default?._isRoot !== true) throw new Error("its default export is not made by defineApp");
      JSON.stringify({ app: __modules.default.export(), components: of(globalThis.definitions ?? {}) });`,
      context,
      { timeout: TIME_LIMIT_MS },
    ) as string;
    return JSON.parse(text) as Definitions;
  } catch (error) {
    throw new FunctionError(`convex.config.ts does not load: ${(error as Error).message}`);
  }
}

/** Whether the file is that of a component inside the folder, and none of the folder's own. */
export function nestedIn(names: readonly string[]): (name: string) => boolean {
  const nested = names.filter((name) => /\/convex\.config\.[jt]s$/.test(name)).map((name) => `${dirname(name)}/`);
  return (name) => nested.some((folder) => name.startsWith(folder));
}
