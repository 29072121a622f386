// What Convex refuses of modules and their exports, in its words.
import { wrongIdentifier } from "../ground/identifiers.ts";
import { FunctionError } from "../value/errors.ts";
import { kindName } from "./checked_function.ts";
import type { FunctionInfo } from "./listing.ts";
import { wrongPart } from "./path.ts";

/** Modules that Convex's own runtime reads. */
const OWN = new Set(["http", "crons"]);

/** Raises FunctionError for a module that no path can name, two of one name, and one that is not for Node but says so. */
export function checkModules(modules: readonly string[], nodeModules: readonly string[]): void {
  for (const module of modules) {
    const path = `${module}.js`;
    const wrong = path.split("/").map(wrongPart).find(Boolean);
    if (wrong) throw new FunctionError(`${path} is not a valid path to a Convex module. ${wrong}`);
    if (module.startsWith("_deps/"))
      throw new FunctionError(
        `The path "${path}" is within the "_deps" directory, which is reserved for dependencies. Please move your code to another directory.`,
      );
  }
  if (new Set(modules).size < modules.length)
    throw new FunctionError("Multiple modules canonicalize to the same name.");
  const own = nodeModules.find((module) => OWN.has(module));
  if (own !== undefined) throw new FunctionError(`${own}.js can't be analyzed in Node.js!`);
}

/** Raises FunctionError for an export that no path can name. */
export function checkName({ module, name }: FunctionInfo): void {
  const wrong = name === "default" ? null : wrongIdentifier(name);
  if (wrong !== null) throw new FunctionError(`Invalid function name used in \`${module}.js\`: ${wrong}`);
}

/** Raises FunctionError for anything but an action among the functions of modules that say "use node". */
export function checkNodeFunctions(functions: readonly FunctionInfo[]): void {
  for (const { module, name, kind } of functions)
    if (kind !== "action")
      throw new FunctionError(
        `\`${name}\` defined in \`${module}.js\` is a ${kindName(kind)} function. Only actions can be defined in Node.js. See https://docs.convex.dev/functions/actions for more details.`,
      );
}
