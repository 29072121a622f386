// The check of a document against its table in the schema.
import type { FieldJson, JsonObject, ValidatorJson } from "../value/json.ts";
import { type Check, compile, type TableOf } from "../value/validators.ts";

/** Checks a document without those fields that the database gives, as the schema knows nothing of them. */
export function compileDocument(validator: ValidatorJson, table: string, tableOf: TableOf): Check {
  const fits = compile(withSystemFields(validator, table), tableOf);
  const explain = compile(validator, tableOf);
  return (document, path) => {
    if (fits(document, path) === null) return null;
    const { _id, _creationTime, ...own } = document as JsonObject;
    return explain(own, path);
  };
}

function withSystemFields(validator: ValidatorJson, table: string): ValidatorJson {
  if (validator.type === "union")
    return { type: "union", value: validator.value.map((member) => withSystemFields(member, table)) };
  if (validator.type !== "object") return validator;
  const system: Record<string, FieldJson> = {
    _id: { fieldType: { type: "id", tableName: table }, optional: false },
    _creationTime: { fieldType: { type: "number" }, optional: false },
  };
  return { type: "object", value: { ...validator.value, ...system } };
}
