// Which component's router answers a request: the app's, or one that is mounted under a prefix.
import type { Catalog } from "../functions/catalog.ts";

export interface Place {
  component: string;
  /** The path as that router knows it. */
  route: string;
}

/** Null if there is no router at all. `path` is without a query. */
export function placeOf(app: Catalog, path: string, method: string): Place | null {
  const routers = [...app.mounted.values()].filter(({ routes }) => routes !== null);
  if (!routers.some(({ component, mount }) => component === "" || mount !== null)) return null;
  let catalog = app;
  for (let inside: Catalog | null = app; inside !== null; inside = mountedIn(catalog, path, method)) catalog = inside;
  const mount = catalog.mount ?? "/";
  // Outside an app's own prefix no route of its router fits.
  return { component: catalog.component, route: path.startsWith(mount) ? path.slice(mount.length - 1) : "" };
}

/** The component in this one that takes the path. An exact route of its own goes first, then the longest prefix. */
function mountedIn(catalog: Catalog, path: string, method: string): Catalog | null {
  const asked = method === "HEAD" ? "GET" : method;
  const own = (catalog.routes ?? [])
    .filter((route) => route.method === asked)
    .map((route) => (catalog.mount ?? "/") + route.path.slice(1));
  if (own.includes(path)) return null;
  const prefixes = own.filter((route) => route.endsWith("*") && path.startsWith(route.slice(0, -1)));
  let longest = Math.max(0, ...prefixes.map((route) => route.length - 1));
  let best: Catalog | null = null;
  for (const other of catalog.mounted.values()) {
    const isChild = other.component !== "" && catalog.child(other.component.split("/").at(-1)!) === other;
    if (!isChild || other.mount === null || !path.startsWith(other.mount) || other.mount.length <= longest) continue;
    longest = other.mount.length;
    best = other;
  }
  return best;
}
