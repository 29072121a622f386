// @ts-check

/** Who belongs to what, by name. "" is nothing. */
export class Members {
  /** @type {Map<string, Set<string>>} */
  #sets = new Map();

  /** As they are now: whoever goes through them may move them meanwhile. @param {string} name @returns {string[]} */
  of(name) {
    return [...(this.#sets.get(name) ?? [])];
  }

  /** @param {string} member @param {string} from @param {string} to */
  move(member, from, to) {
    if (from === to) return;
    const old = this.#sets.get(from);
    old?.delete(member);
    if (old?.size === 0) this.#sets.delete(from);
    if (!to) return;
    const set = this.#sets.get(to) ?? new Set();
    this.#sets.set(to, set.add(member));
  }

  clear() {
    this.#sets.clear();
  }
}
