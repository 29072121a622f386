// The functions folder, bundled by esbuild into one script.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import vm from "node:vm";
import { stop } from "esbuild";
import { StartError } from "../value/errors.ts";
import { compile } from "./compile.ts";
import { projectOf } from "./project.ts";
import { tracer } from "./tracer.ts";

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

/** `tracer` looks for this name in traces. */
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
    forNode.length > 0 ? compile(folder, entrySource(files), projectOf(folder).externalPackages) : null,
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
