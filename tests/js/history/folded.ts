/** Folds the rows of a log, from stdin, as a page does that plays it: the board after each change, to stdout. */
import { text } from "node:stream/consumers";
import { Fold } from "../../../browser/history/fold.ts";
import { type Row, unpacked } from "../../../browser/history/rows.ts";

const rows: Row[] = JSON.parse(await text(process.stdin));
const fold = new Fold();
for (const row of rows) fold.append(row);
const board = () => Object.fromEntries([...fold.live()].map(([id, shape]) => [id, unpacked(id, shape)]));

/** Backwards, since that is what could go wrong. */
fold.seek(rows.length);
const boards: Record<string, ReturnType<typeof board>> = {};
for (let at = rows.length; at > 0; at--) {
  fold.seek(at);
  boards[rows[at - 1].ts] = board();
}
process.stdout.write(JSON.stringify(boards));
