// How one function names another: by its path, by a reference to a function of a component, or by a handle.
import { FunctionError } from "../value/errors.ts";
import type { Catalog } from "./catalog.ts";
import { canonicalPath } from "./path.ts";

/** As `convex/server` writes it. */
export interface FunctionAddress {
  name?: string;
  reference?: string;
  functionHandle?: string;
}
/** Where a function should be. */
export interface Place {
  catalog: Catalog;
  path: string;
}

const REFERENCE = /^_reference\/childComponent\/([^/]+)\/(.+)$/;
const HANDLE = /^function:\/\/([^;]*);(.+)$/;

/** Raises FunctionError for what a component may not call, and for what is in no component. */
export function resolve(from: Catalog, { name, reference, functionHandle }: FunctionAddress): Place {
  if (name !== undefined) return { catalog: from, path: name };
  if (functionHandle !== undefined) return behind(from, functionHandle);
  const [, child = "", exported = ""] = REFERENCE.exec(reference ?? "") ?? [];
  if (child === "") throw new FunctionError(`Invalid reference: ${reference}`);
  const catalog = from.child(child);
  if (catalog === undefined) throw new FunctionError(`Child component "${child}" not found`);
  const path = exported.replace(/\/([^/]+)$/, ":$1");
  if (!catalog.find(path)?.public)
    throw new FunctionError(`Child component "${child}" does not export "${exported.replaceAll("/", ".")}"`);
  return { catalog, path };
}

/** A text that names the function from everywhere. Raises FunctionError if there is no such function. */
export function handleOf(from: Catalog, address: FunctionAddress): string {
  const { catalog, path } = resolve(from, address);
  if (catalog.find(path) === undefined) throw notFound();
  return `function://${catalog.component};${canonicalPath(path)}`;
}

function behind(from: Catalog, handle: string): Place {
  const [, component, path] = HANDLE.exec(handle) ?? [];
  const catalog = component === undefined ? undefined : from.mounted.get(component);
  if (catalog?.find(path!) === undefined) throw notFound();
  return { catalog, path: path! };
}

const notFound = (): FunctionError => new FunctionError("Function handle not found");
