// What this browser keeps for the site, as JSON. It may keep nothing, and anything may be there.

/** @returns undefined if there is nothing, or something else than JSON */
export function stored(key: string, storage: () => Storage = () => localStorage): any {
  try {
    return JSON.parse(storage().getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param value undefined takes it away @returns whether that is so now */
export function store(key: string, value: unknown, storage: () => Storage = () => localStorage): boolean {
  try {
    if (value === undefined) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
