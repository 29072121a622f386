// What a schema must keep to beyond what `defineSchema` itself demands, in Convex's words.

import { wrongIdentifier } from "../ground/identifiers.ts";
import { describe } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { ValidatorJson } from "../value/json.ts";
import type { SchemaJson } from "./listing.ts";
import { checkValidator } from "./validator_rules.ts";

const MAX_INDEXES = 64;
const MAX_FIELDS = 16;
const MAX_TABLES = 10_000;
const DIMENSIONS = [2, 4096] as const;

type Table = SchemaJson["tables"][number];

/** Raises FunctionError naming the first rule that is broken. */
export function checkSchema(schema: SchemaJson): void {
  must(schema.tables.length <= MAX_TABLES, `Number of tables cannot exceed ${MAX_TABLES}.`);
  for (const table of schema.tables) {
    const { tableName } = table;
    const indexes = [...table.indexes, ...(table.stagedDbIndexes ?? [])];
    const searchIndexes = [...table.searchIndexes, ...(table.stagedSearchIndexes ?? [])];
    const vectorIndexes = [...(table.vectorIndexes ?? []), ...(table.stagedVectorIndexes ?? [])];
    must(
      wrongIdentifier(tableName) === null,
      `Invalid table name: "${tableName}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`,
    );
    must(!tableName.startsWith("_"), `${tableName} is a reserved table name.`);
    checkNames(
      tableName,
      [...indexes, ...searchIndexes, ...vectorIndexes].map(({ indexDescriptor }) => indexDescriptor),
    );
    for (const { indexDescriptor, fields } of table.stagedDbIndexes ?? [])
      must(
        fields.length > 0,
        `In table "${tableName}" staged index "${indexDescriptor}" must have at least one field.`,
      );
    for (const { indexDescriptor: name, fields } of indexes) checkIndex(tableName, name, fields);
    checkDistinct(
      indexes,
      ({ fields }) => fields.join(),
      (one, other) =>
        `In table "${tableName}" index "${one}" and index "${other}" have the same fields. Indexes must be unique within a table.`,
    );
    checkDistinct(
      searchIndexes,
      ({ searchField, filterFields }) => JSON.stringify([searchField, ...[...filterFields].sort()]),
      (one, other) =>
        `In table "${tableName}" search index "${one}" and search index "${other}" have the same \`searchField\`. Search index fields must be unique within a table.`,
    );
    checkDistinct(
      vectorIndexes,
      ({ vectorField, dimensions }) => `${dimensions} ${vectorField}`,
      (one, other) =>
        `In table "${tableName}" vector index "${one}" and vector index "${other}" have the same \`vectorField\`. Vector index fields must be unique within a table.`,
    );
    for (const { filterFields } of [...searchIndexes, ...vectorIndexes])
      must(filterFields.length <= MAX_FIELDS, `Search indexes may have up to ${MAX_FIELDS} filter fields.`);
    for (const { dimensions } of vectorIndexes)
      must(
        dimensions >= DIMENSIONS[0] && dimensions <= DIMENSIONS[1],
        `Dimensions ${dimensions} must be between ${DIMENSIONS[0]} and ${DIMENSIONS[1]}.`,
      );
    checkTop(table.documentType);
    checkValidator(table.documentType, `In table "${tableName}"`);
    if (schema.schemaValidation) checkReferences(table);
  }
}

function checkNames(table: string, names: string[]): void {
  must(names.length <= MAX_INDEXES, `Table "${table}" cannot have more than ${MAX_INDEXES} indexes.`);
  names.forEach((name, i) => {
    must(
      !/^(_.*|by_id|by_creation_time)$/.test(name),
      `In table "${table}" cannot name an index "${name}" because the name is reserved. Indexes may not start with an underscore or be named "by_id" or "by_creation_time".`,
    );
    must(
      wrongIdentifier(name) === null,
      `Invalid index name: "${name}". Identifiers must be 64 characters or less, start with a letter, and only contain letters, digits, underscores.`,
    );
    must(!names.includes(name, i + 1), `Table "${table}" has two or more definitions of index "${name}".`);
  });
}

function checkIndex(table: string, name: string, fields: string[]): void {
  const here = `In table "${table}": In index "${name}":`;
  must(fields.length > 0, `In table "${table}" index "${name}" must have at least one field.`);
  must(fields.length <= MAX_FIELDS, `${here} Indexes may have up to ${MAX_FIELDS} fields.`);
  fields.forEach((field, i) => {
    must(
      field.split(".").every((part) => wrongIdentifier(part) === null),
      `In table "${table}": In index "${name}": Invalid index field: "${field}"`,
    );
    must(field !== "_id", `${here} \`_id\` is not a valid index field. To load documents by ID, use \`db.get(id)\`.`);
    must(
      field !== "_creationTime",
      `${here} \`_creationTime\` is automatically added to the end of each index. It should not be added explicitly in the index definition. See https://docs.convex.dev/using/indexes for more details.`,
    );
    must(!field.startsWith("_"), `${here} Reserved fields (starting with \`_\`) are not allowed in indexes.`);
    must(
      !fields.includes(field, i + 1),
      `${here} Duplicate field "${field}". Index fields must be unique within an index.`,
    );
  });
}

function checkTop(validator: ValidatorJson): void {
  const isDocument = ({ type }: ValidatorJson): boolean => type === "object";
  must(
    validator.type === "any" ||
      (validator.type === "union" ? validator.value.every(isDocument) : isDocument(validator)),
    `The document validator in a schema must be an object, a union of objects, or \`v.any()\`. Found ${describe(validator)}. To learn more, see the schema documentation at https://docs.convex.dev/database/schemas.`,
  );
}

function checkDistinct<T extends { indexDescriptor: string }>(
  indexes: T[],
  key: (index: T) => string,
  message: (one: string, other: string) => string,
): void {
  const seen = new Map<string, string>();
  for (const index of indexes) {
    const other = seen.get(key(index));
    must(other === undefined, message(index.indexDescriptor, other!));
    seen.set(key(index), index.indexDescriptor);
  }
}

/** Fields of indexes must be able to be in a document. */
function checkReferences({ tableName, indexes, searchIndexes, vectorIndexes = [], documentType }: Table): void {
  const referenced = [
    ...indexes.map(({ indexDescriptor, fields }) => ({ indexDescriptor, fields })),
    ...searchIndexes.map(({ indexDescriptor, searchField, filterFields }) => ({
      indexDescriptor,
      fields: [searchField, ...filterFields],
    })),
    ...vectorIndexes.map(({ indexDescriptor, vectorField }) => ({ indexDescriptor, fields: [vectorField] })),
  ];
  for (const { indexDescriptor, fields } of referenced) {
    const unknown = fields.find((field) => !/^_[^.]*$/.test(field) && at(documentType, field.split(".")).length === 0);
    must(
      unknown === undefined,
      `In table "${tableName}" the index "${indexDescriptor}" is invalid because it references the field "${unknown}" that does not exist.`,
    );
  }
  for (const { indexDescriptor, vectorField } of vectorIndexes) {
    const fits = at(documentType, vectorField.split(".")).some(mayBeVector);
    must(
      fits,
      `In table "${tableName}" the vector index "${indexDescriptor}" is invalid because it references the field "${vectorField}" that is neither an array of float64 or optional array of float64.`,
    );
  }
}

/** What the validator says of the field: nothing if there cannot be one. */
function at(validator: ValidatorJson, path: string[]): ValidatorJson[] {
  const [name, ...rest] = path;
  if (name === undefined || validator.type === "any") return [validator];
  if (validator.type === "union") return validator.value.flatMap((member) => at(member, path));
  const field = validator.type === "object" && Object.hasOwn(validator.value, name) ? validator.value[name] : undefined;
  return field === undefined ? [] : at(field.fieldType, rest);
}

function mayBeVector(validator: ValidatorJson): boolean {
  if (validator.type === "union") return validator.value.some(mayBeVector);
  return (
    validator.type === "any" ||
    (validator.type === "array" && (validator.value.type === "number" || validator.value.type === "any"))
  );
}

function must(holds: boolean, message: string): void {
  if (!holds) throw new FunctionError(message);
}
