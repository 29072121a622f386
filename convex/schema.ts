/** Every table, with its indexes and the reason for its form. */
import { defineSchema } from "convex/server";
import { boardTables } from "./tables/boards";
import { drawingTables } from "./tables/drawings";
import { fileTables } from "./tables/files";
import { historyTables } from "./tables/history";
import { hookTables } from "./tables/hooks";
import { peopleTables } from "./tables/people";
import { presenceTables } from "./tables/presence";
import { sessionTables } from "./tables/sessions";

export default defineSchema({
  ...peopleTables,
  ...boardTables,
  ...drawingTables,
  ...fileTables,
  ...historyTables,
  ...hookTables,
  ...presenceTables,
  ...sessionTables,
});
