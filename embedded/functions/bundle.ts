// The functions folder, bundled by esbuild into one script.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import vm from "node:vm";
import { type Config, configOf, nestedIn } from "../components/definitions.ts";
import { FunctionError, StartError } from "../value/errors.ts";
import { compile } from "./compile.ts";
import { checkModules } from "./module_rules.ts";
import { projectOf } from "./project.ts";
import { type Traced, tracer } from "./tracer.ts";

export interface Bundle {
  script: vm.Script;
  /** `[Request ID…]` traces are mapped back to the sources with it. */
  trace: (stack: string) => string;
  authScript: vm.Script | null;
  /** For actions: the same code, or, if some modules say "use node", all of it compiled for Node. */
  actions: { code: string; trace: (stack: string) => string; nodeModules: string[] };
  /** Null without a convex.config. */
  config: Config | null;
  /** The code of each component, by its folder. */
  components: ReadonlyMap<string, ComponentCode>;
  /** Folders to watch. */
  watch: string[];
}

/** It evaluates to a function that makes the modules, with globals of an instance: see sandbox/scope.ts. */
export interface ComponentCode {
  /** `tracer` looks for this name in traces. */
  name: string;
  code: string;
  script: vm.Script;
}

/** `tracer` looks for this name in traces. */
const SCRIPT = "functions.js";
const USE_NODE = /^\s*(?:\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*["']use node["']/;
const ENTRY = /\.[cm]?[jt]sx?$/;
const SKIPPED = /\.d\.[cm]?ts$|\.test\.[jt]sx?$|^(schema|auth\.config)\.[jt]s$/;

/** Raises StartError if the folder cannot be read, FunctionError if the code does not compile. */
export async function bundle(folder: string): Promise<Bundle> {
  const files = entryPoints(folder);
  const schema = schemaIn(folder);
  const auth = ["auth.config.ts", "auth.config.js"].find((name) => exists(join(folder, name)));
  const forNode = files.filter((file) => isForNode(folder, file));
  checkModules(files.map(moduleOf), forNode.map(moduleOf));
  const common = files.filter((file) => !forNode.includes(file));
  const config = await configOf(folder);
  const [main, node, authText, components] = await Promise.all([
    compile(folder, entrySource([...common, ...schema])),
    forNode.length > 0 ? compile(folder, entrySource(files), { external: projectOf(folder).externalPackages }) : null,
    auth
      ? compile(folder, `import * as config from "./${auth}"; const { default: own } = config; export default own;`)
      : null,
    Promise.all((config?.folders ?? []).map(componentOf)),
  ]);
  const traced = components.map(({ name, traced }) => [name, traced] as const);
  const trace = tracer(folder, new Map([...traced, [SCRIPT, { folder, map: main.map }]]));
  const traceNode = node && tracer(folder, new Map([...traced, [SCRIPT, { folder, map: node.map }]]));
  return {
    script: new vm.Script(main.code, { filename: SCRIPT }),
    trace,
    actions: {
      code: (node ?? main).code,
      trace: traceNode ?? trace,
      nodeModules: forNode.map(moduleOf),
    },
    authScript: authText && new vm.Script(authText.code, { filename: "auth.config.js" }),
    config,
    components: new Map(components.map((component) => [component.traced.folder, component])),
    watch: [...new Set([main, config, ...components].flatMap((part) => (part === null ? [] : part.folders)))].filter(
      (path) => !path.includes("node_modules"),
    ),
  };
}

async function componentOf(
  folder: string,
  number: number,
): Promise<ComponentCode & { traced: Traced; folders: string[] }> {
  const files = entryPoints(folder);
  if (files.some((file) => isForNode(folder, file)))
    throw new FunctionError(
      `"use node" directive is not supported in components. Remove it from the component at: ${folder}.`,
    );
  checkModules(files.map(moduleOf), []);
  const { code: modules, map, folders } = await compile(folder, entrySource([...files, ...schemaIn(folder)]));
  const name = `component${number}.js`;
  // The line numbers of the source map stay right.
  const code = `(globalThis, global, self, process, Convex) => {${modules}\nreturn __modules.default; }`;
  return { name, code, script: new vm.Script(code, { filename: name }), traced: { folder, map }, folders };
}

const isForNode = (folder: string, file: string): boolean => USE_NODE.test(readFileSync(join(folder, file), "utf8"));
const schemaIn = (folder: string): string[] =>
  ["schema.ts", "schema.js"].filter((name) => exists(join(folder, name))).slice(0, 1);

function entryPoints(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
    const isNested = nestedIn(names);
    return names
      .filter(
        (name) =>
          !isNested(name) &&
          ENTRY.test(name) &&
          !SKIPPED.test(name) &&
          !name.includes(" ") &&
          !basename(name).startsWith("#") &&
          !/(^|\/)(_generated|node_modules)(\/|$)/.test(name) &&
          (basename(name).match(/\./g) ?? []).length === 1,
      )
      .sort();
  } catch (error) {
    throw new StartError(`The functions folder ${folder} cannot be read: ${(error as Error).message}.`);
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const moduleOf = (file: string): string => file.replace(ENTRY, "");

function entrySource(files: string[]): string {
  const imports = files.map((file, i) => `import * as m${i} from ${JSON.stringify(`./${file}`)};`);
  const names = files.map((file, i) => `${JSON.stringify(moduleOf(file))}: m${i}`);
  return `${imports.join("\n")}\nexport default { ${names.join(", ")} };`;
}
