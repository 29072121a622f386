// Names of tables and indexes.

/** Why a text is no valid name, in Convex's words, or null if it is one. */
export function wrongIdentifier(name: string): string | null {
  const [first = ""] = name;
  if (first === "") return "Identifier cannot be empty";
  if (!/[A-Za-z_]/.test(first))
    return `Invalid first character '${first}' in ${name}: Identifiers must start with an alphabetic character or underscore`;
  const wrong = /[^A-Za-z0-9_]/.exec(name)?.[0];
  if (wrong !== undefined)
    return `Identifier ${name} has invalid character '${wrong}': Identifiers can only contain alphanumeric characters or underscores`;
  if (name.length > 64) return `Identifier is too long (${name.length} > maximum 64)`;
  return /[A-Za-z0-9]/.test(name) ? null : `Identifier ${name} cannot have exclusively underscores`;
}
