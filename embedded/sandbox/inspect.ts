// A value as `console.log` shows it in Convex: the notation of npm `object-inspect`, two spaces deep.

const MAX_DEPTH = 5;
const INDENT = "  ";
const ESCAPES: Record<string, string> = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

/** Values may be of another realm, so nothing is asked of their constructors' identity. */
export function inspect(value: unknown, depth = 0, seen: readonly object[] = []): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
    case "undefined":
    case "boolean":
      return String(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "function":
      return `[Function${value.name ? `: ${value.name}` : " (anonymous)"}]`;
  }
  if (value === null) return "null";
  const object = value as object;
  if (seen.includes(object)) return "[Circular]";
  const isArray = Array.isArray(object);
  if (depth >= MAX_DEPTH) return isArray ? "[Array]" : "[Object]";
  const inner = (child: unknown): string => inspect(child, depth + 1, [...seen, object]);
  const lines = (items: string[]): string => {
    const start = `\n${INDENT.repeat(depth + 1)}`;
    return `${start}${items.join(`,${start}`)}\n${INDENT.repeat(depth)}`;
  };
  const fields = fieldsOf(object, isArray, inner);
  if (isArray) {
    const items = [
      ...Array.from({ length: object.length }, (_, i) => (i in object ? inner(object[i]) : "")),
      ...fields,
    ];
    if (items.length === 0) return "[]";
    return items.some((item) => item.includes("\n")) ? `[${lines(items)}]` : `[ ${items.join(", ")} ]`;
  }
  switch (Object.prototype.toString.call(object)) {
    case "[object Error]":
      return fields.length === 0 ? `[${String(object)}]` : `{ [${String(object)}] ${fields.join(", ")} }`;
    case "[object Map]":
      return collection(
        "Map",
        (object as Map<unknown, unknown>).size,
        Array.from(object as Map<unknown, unknown>, ([key, child]) => `${inner(key)} => ${inner(child)}`),
        lines,
      );
    case "[object Set]":
      return collection("Set", (object as Set<unknown>).size, Array.from(object as Set<unknown>, inner), lines);
    case "[object Date]":
    case "[object RegExp]":
      return String(object);
  }
  const tag = tagOf(object);
  return fields.length === 0 ? `${tag}{}` : `${tag}{${lines(fields)}}`;
}

const collection = (type: string, size: number, entries: string[], lines: (items: string[]) => string): string =>
  `${type} (${size}) {${entries.length === 0 ? "" : lines(entries)}}`;

function fieldsOf(object: object, isArray: boolean, inner: (child: unknown) => string): string[] {
  const names = Object.keys(object).filter((name) => !(isArray && String(Number(name)) === name));
  return names.map(
    (name) => `${/[^\w$]/.test(name) ? quote(name) : name}: ${inner((object as Record<string, unknown>)[name])}`,
  );
}

/** `Point `, `Uint8Array [Uint8Array] `; nothing for a plain object. */
function tagOf(object: object): string {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === null) return "[Object: null prototype] ";
  if (Object.getPrototypeOf(prototype) === null) return "";
  const name = (object as { constructor?: { name?: string } }).constructor?.name;
  const tag = Symbol.toStringTag in object ? `[${Object.prototype.toString.call(object).slice(8, -1)}] ` : "";
  return `${name ? `${name} ` : ""}${tag}`;
}

const quote = (text: string): string =>
  `'${text.replace(/['\\]/g, "\\$&").replace(/[\x00-\x1f]/g, (char) => ESCAPES[char] ?? `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}'`;
