// What a validator must keep to beyond what `v` itself demands, in Convex's words.
import { wrongIdentifier } from "../ground/identifiers.ts";
import { describe } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { ValidatorJson } from "../value/json.ts";

/** Raises FunctionError for one of a table, or of a function's arguments or result. */
export function checkValidator(validator: ValidatorJson, where: string): void {
  switch (validator.type) {
    case "id": {
      const wrong = wrongIdentifier(validator.tableName);
      if (wrong !== null) throw new FunctionError(`${where}: ${wrong}`);
      return;
    }
    case "object":
      for (const [name, { fieldType }] of Object.entries(validator.value)) {
        const wrong = wrongIdentifier(name);
        if (wrong !== null) throw new FunctionError(`${where}: Invalid field name "${name}": ${wrong}`);
        checkValidator(fieldType, where);
      }
      return;
    case "array":
      return checkValidator(validator.value, where);
    case "record":
      checkRecord(validator, where);
      return checkValidator(validator.values.fieldType, where);
    case "union":
      for (const member of validator.value) checkValidator(member, where);
  }
}

function checkRecord({ keys, values }: ValidatorJson & { type: "record" }, where: string): void {
  if (!isText(keys))
    throw new FunctionError(
      `${where}: Records can only have string keys. Your validator contains a record with key typed as \`${describe(keys)}\`, which is not a subtype of \`v.string()\``,
    );
  if (hasLiteral(keys)) throw new FunctionError(`${where}: Records cannot have string literal keys`);
  if (values.optional) throw new FunctionError(`${where}: Records cannot have optional values`);
}

function isText(validator: ValidatorJson): boolean {
  if (validator.type === "union") return validator.value.every(isText);
  if (validator.type === "literal") return typeof validator.value === "string";
  return validator.type === "string" || validator.type === "id";
}

const hasLiteral = (validator: ValidatorJson): boolean =>
  validator.type === "literal" || (validator.type === "union" && validator.value.some(hasLiteral));
