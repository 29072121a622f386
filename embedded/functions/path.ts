// The paths of functions, `messages:list`.
import { RequestError } from "../value/errors.ts";

/** The path as it is. Raises RequestError if no function can have it. */
export function checkPath(path: string): string {
  const { module, name } = parsePath(path);
  const wrong = [...module.split("/"), name].map(wrongPart).find((reason) => reason !== null);
  if (wrong === undefined) return path;
  throw new RequestError(
    400,
    "BadConvexFunctionIdentifier",
    `${path} is not a valid path to a Convex function. ${wrong}`,
  );
}

const MAX_PART = 64;

/** Why a path cannot have this part, in Convex's words, or null. */
export function wrongPart(part: string): string | null {
  if (part.length > MAX_PART)
    return `Path component is too long (${part.length} > maximum ${MAX_PART}): ${part.slice(0, MAX_PART)}...`;
  if (!/^[\w.]*$/.test(part))
    return `Path component ${part} can only contain alphanumeric characters, underscores, or periods.`;
  return /[A-Za-z0-9]/.test(part.replace(/\.js$/, ""))
    ? null
    : `Path component ${part} must have at least one alphanumeric character.`;
}

/** `messages.js:list`, as errors show it. */
export function canonicalPath(path: string): string {
  const { module, name } = parsePath(path);
  return `${module}.js:${name}`;
}

/** `messages:list`, and `messages` for its default export. */
export function shortPath(path: string): string {
  const { module, name } = parsePath(path);
  return name === "default" ? module : `${module}:${name}`;
}

/** `messages:list`, `messages.js:list`, `folder/messages` -> the module and the export. */
export function parsePath(path: string): { module: string; name: string } {
  const colon = path.indexOf(":");
  const module = (colon < 0 ? path : path.slice(0, colon)).replace(/\.js$/, "");
  return { module, name: colon < 0 ? "default" : path.slice(colon + 1) };
}
