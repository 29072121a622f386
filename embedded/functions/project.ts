// convex.json: which folder has the functions, and which packages Node loads itself instead of finding them in the bundle.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StartError } from "../value/errors.ts";

export interface Project {
  /** Relative to the file's folder. */
  functions?: string;
  /** Names of packages, or `*` for all of them. */
  externalPackages: string[];
}

/** The settings in a folder; undefined if it has none. Raises StartError if they cannot be read. */
export function projectIn(folder: string): Project | undefined {
  const file = join(folder, "convex.json");
  try {
    const { functions, node } = JSON.parse(readFileSync(file, "utf8"));
    const externalPackages = node?.externalPackages ?? [];
    if (functions !== undefined && typeof functions !== "string") throw new Error("`functions` is no text");
    if (!Array.isArray(externalPackages) || !externalPackages.every((name) => typeof name === "string"))
      throw new Error("`node.externalPackages` is no list of names");
    return { functions, externalPackages };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StartError(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

/** Of the nearest folder above the functions' that has some. */
export function projectOf(functions: string): Project {
  for (let folder = dirname(resolve(functions)); ; folder = dirname(folder)) {
    const found = projectIn(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return { externalPackages: [] };
  }
}
