// Runs INSIDE the functions' context, like sandbox.ts, and in the thread of the actions: the globals of one component.

/** What a component reads as `globalThis`: the context's, below its own. What it writes stays with it. */
export function scopeOf(own: Record<PropertyKey, unknown>): Record<PropertyKey, unknown> {
  const shared = globalThis as unknown as Record<PropertyKey, unknown>;
  const scope: Record<PropertyKey, unknown> = new Proxy(own, {
    has: (_, key) => key in own || key in shared,
    get: (_, key) => (key in own ? own[key] : shared[key]),
  });
  own.globalThis = own.global = own.self = scope;
  return scope;
}
