import { complete } from "../kinds/defaults.ts";
import type { Drafts } from "../scene/drafts.ts";
import { send } from "../site/auth.ts";
import { toast } from "../site/toast.ts";
import type { Change, Entry } from "../types/change.ts";
import { History, undone } from "./history.ts";
import { Outbox } from "./outbox.ts";
import type { Status } from "./status.ts";
import { teller } from "./trouble.ts";

/** Sends this person's changes and shows on the page what becomes of them. */
export class OwnChanges {
  outbox;
  history;
  #drafts;
  #status;
  #tell;

  constructor({
    url,
    key,
    drafts,
    status,
    buttons,
    aside,
  }: {
    /** Of the board */
    url: string;
    /** Of the outbox, in localStorage */
    key: string;
    drafts: Drafts;
    status: Status;
    buttons: { undo: HTMLButtonElement; redo: HTMLButtonElement };
    /** Keeps what the server has refused, while the page still shows it */
    aside: (entry: Entry, why: string) => void;
  }) {
    this.#drafts = drafts;
    this.#status = status;
    this.#tell = teller(url);
    this.outbox = new Outbox({ url, key, fetch: send });
    this.outbox.answers.add(({ changeId }, { ts }) => {
      if (ts) drafts.answered(changeId, BigInt(ts));
      else drafts.rollback(changeId);
    });
    this.history = new History(buttons, this.outbox);
    this.outbox.refusals.add((entry, message) => {
      aside(entry, message);
      drafts.rollback(entry.changeId);
      status.refused();
      toast("error", message);
    });
    this.outbox.changes.add(() => this.#show());
  }

  /** Shows a change at once, and sends it. */
  commit(change: Change) {
    for (const { changeId, ...part } of this.outbox.commit(change)) this.#drafts.add(changeId, part);
    this.history.changed();
  }

  /** The server has a change that came another way, such as a picture. */
  added(changeId: string, ts: string) {
    this.#drafts.answered(changeId, BigInt(ts));
    this.history.changed();
  }

  /** Shows what an earlier page has left in the outbox, and sends it. */
  start() {
    for (const { changeId, put, ...change } of this.outbox.entries)
      this.#drafts.add(changeId, { ...change, put: put?.map((shape) => complete(shape.kind, shape.id, shape)) });
    this.#show();
    this.outbox.flush();
  }

  #show() {
    const { entries, trouble } = this.outbox;
    this.#status.saving(entries.length, trouble);
    this.#drafts.hide(trouble === "offline" ? undone(entries) : new Set()); // else the server does it in a moment
    this.#tell(trouble);
  }
}
