/**
 * The limits that the operator may set. `make run` and `make push` write them from the settings into the variable
 * `LIMITS`, as a JSON object (launch/variables.py). Missing limits have the defaults of `.env.example`.
 */
const DEFAULTS = {
  trashDays: 30, // days that a deleted board can be restored; 0: not at all
  purgeAfterDays: 30, // days from a board's deletion until it is erased, if it is not in the trash then; 0: at once
  // Of one person; 0: no limit.
  boards: 200, // made an hour
  invites: 20, // made an hour
  asks: 10, // requests to be let in to a board, an hour
  edits: 120, // a minute: renaming, sharing, roles, accepting, claiming
  guesses: 10, // wrong invitations and offers a minute
  uploads: 120, // in ten minutes
  changes: 200, // a second
  notes: 60, // put on a board by one incoming hook, a minute
  bytes: 16 * 1024 * 1024, // of changes in ten seconds, with what undo needs
};
type Limits = typeof DEFAULTS;

/** Read at each call: the variable may change while the code stays loaded. */
export function limits(): Limits {
  return { ...DEFAULTS, ...(JSON.parse(process.env.LIMITS ?? "{}") as Partial<Limits>) };
}
