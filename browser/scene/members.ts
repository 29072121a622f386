/** Who belongs to what, by name. "" is nothing. */
export class Members {
  #sets: Map<string, Set<string>> = new Map();

  /** As they are now: whoever goes through them may move them meanwhile. */
  of(name: string): string[] {
    return [...(this.#sets.get(name) ?? [])];
  }

  move(member: string, from: string, to: string) {
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
