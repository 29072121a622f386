/** One person on a board, as other people see them: `id` is a hash that names a person without telling who. */
import { v } from "convex/values";

export const person = v.object({ id: v.string(), name: v.string(), color: v.number() });
