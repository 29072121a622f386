import { store, stored } from "../ground/stored.ts";

// The last names of the people who used this browser, to say whose work was found. Pure but for the storage.

const KEY = "easel:names";

/** More people have not left work in one browser. */
const MOST = 50;

/** @param storage may throw @returns by person */
export function names(storage: () => Storage): Record<string, string> {
  return Object.fromEntries(Object.entries(stored(KEY, storage) ?? {}).map(([person, name]) => [person, String(name)]));
}

/** @param storage may throw */
export function remember(person: string, name: string, storage: () => Storage) {
  const { [person]: _, ...others } = names(storage);
  store(KEY, Object.fromEntries([...Object.entries(others), [person, name]].slice(-MOST)), storage);
}
