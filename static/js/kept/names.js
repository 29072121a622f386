// @ts-check
// What the people of this browser were called when they were last here, for whoever finds their work. Pure but for the storage.

const KEY = "easel:names";

/** More people have not left work in one browser. */
const MOST = 50;

/** @param {() => Storage} storage may throw @returns {Record<string, string>} by person */
export function names(storage) {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(storage().getItem(KEY) ?? "{}")).map(([person, name]) => [person, String(name)]));
  } catch {
    return {};
  }
}

/** @param {string} person @param {string} name @param {() => Storage} storage may throw */
export function remember(person, name, storage) {
  const { [person]: _, ...others } = names(storage);
  try {
    storage().setItem(KEY, JSON.stringify(Object.fromEntries([...Object.entries(others), [person, name]].slice(-MOST))));
  } catch {
    // A browser that keeps nothing has no one's work either.
  }
}
