/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as archives from "../archives.js";
import type * as asks from "../asks.js";
import type * as blame from "../blame.js";
import type * as boards from "../boards.js";
import type * as cards from "../cards.js";
import type * as changes from "../changes.js";
import type * as checkpoints from "../checkpoints.js";
import type * as claims from "../claims.js";
import type * as clerk from "../clerk.js";
import type * as collect from "../collect.js";
import type * as crons from "../crons.js";
import type * as edits from "../edits.js";
import type * as files from "../files.js";
import type * as guestKeys from "../guestKeys.js";
import type * as history from "../history.js";
import type * as hooks from "../hooks.js";
import type * as http from "../http.js";
import type * as invites from "../invites.js";
import type * as lastSeen from "../lastSeen.js";
import type * as members from "../members.js";
import type * as model_access from "../model/access.js";
import type * as model_answer from "../model/answer.js";
import type * as model_apply from "../model/apply.js";
import type * as model_archive from "../model/archive.js";
import type * as model_ask from "../model/ask.js";
import type * as model_author from "../model/author.js";
import type * as model_batches from "../model/batches.js";
import type * as model_card from "../model/card.js";
import type * as model_check from "../model/check.js";
import type * as model_checkpoint from "../model/checkpoint.js";
import type * as model_clerk from "../model/clerk.js";
import type * as model_counter from "../model/counter.js";
import type * as model_declared from "../model/declared.js";
import type * as model_deed from "../model/deed.js";
import type * as model_digest from "../model/digest.js";
import type * as model_edit from "../model/edit.js";
import type * as model_expiry from "../model/expiry.js";
import type * as model_file from "../model/file.js";
import type * as model_folded from "../model/folded.js";
import type * as model_gather from "../model/gather.js";
import type * as model_guestKey from "../model/guestKey.js";
import type * as model_history from "../model/history.js";
import type * as model_hook from "../model/hook.js";
import type * as model_id from "../model/id.js";
import type * as model_invite from "../model/invite.js";
import type * as model_kinds from "../model/kinds.js";
import type * as model_limits from "../model/limits.js";
import type * as model_lineage from "../model/lineage.js";
import type * as model_listedFile from "../model/listedFile.js";
import type * as model_log from "../model/log.js";
import type * as model_member from "../model/member.js";
import type * as model_missed from "../model/missed.js";
import type * as model_name from "../model/name.js";
import type * as model_note from "../model/note.js";
import type * as model_op from "../model/op.js";
import type * as model_operation from "../model/operation.js";
import type * as model_order from "../model/order.js";
import type * as model_person from "../model/person.js";
import type * as model_place from "../model/place.js";
import type * as model_plot from "../model/plot.js";
import type * as model_presence from "../model/presence.js";
import type * as model_quota from "../model/quota.js";
import type * as model_rate from "../model/rate.js";
import type * as model_refuse from "../model/refuse.js";
import type * as model_remains from "../model/remains.js";
import type * as model_removal from "../model/removal.js";
import type * as model_reversal from "../model/reversal.js";
import type * as model_revert from "../model/revert.js";
import type * as model_rewording from "../model/rewording.js";
import type * as model_role from "../model/role.js";
import type * as model_session from "../model/session.js";
import type * as model_shape from "../model/shape.js";
import type * as model_sharing from "../model/sharing.js";
import type * as model_sitting from "../model/sitting.js";
import type * as model_stray from "../model/stray.js";
import type * as model_survey from "../model/survey.js";
import type * as model_takeback from "../model/takeback.js";
import type * as model_thumbnail from "../model/thumbnail.js";
import type * as model_timer from "../model/timer.js";
import type * as model_touched from "../model/touched.js";
import type * as model_turn from "../model/turn.js";
import type * as model_unclear from "../model/unclear.js";
import type * as model_upload from "../model/upload.js";
import type * as model_uses from "../model/uses.js";
import type * as model_visitor from "../model/visitor.js";
import type * as model_writing from "../model/writing.js";
import type * as purge from "../purge.js";
import type * as relay from "../relay.js";
import type * as restores from "../restores.js";
import type * as retention from "../retention.js";
import type * as sessions from "../sessions.js";
import type * as snapshots from "../snapshots.js";
import type * as tables_boards from "../tables/boards.js";
import type * as tables_drawings from "../tables/drawings.js";
import type * as tables_files from "../tables/files.js";
import type * as tables_history from "../tables/history.js";
import type * as tables_hooks from "../tables/hooks.js";
import type * as tables_people from "../tables/people.js";
import type * as tables_presence from "../tables/presence.js";
import type * as tables_sessions from "../tables/sessions.js";
import type * as takebacks from "../takebacks.js";
import type * as thumbnails from "../thumbnails.js";
import type * as timers from "../timers.js";
import type * as trash from "../trash.js";
import type * as users from "../users.js";
import type * as versions from "../versions.js";
import type * as writings from "../writings.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  archives: typeof archives;
  asks: typeof asks;
  blame: typeof blame;
  boards: typeof boards;
  cards: typeof cards;
  changes: typeof changes;
  checkpoints: typeof checkpoints;
  claims: typeof claims;
  clerk: typeof clerk;
  collect: typeof collect;
  crons: typeof crons;
  edits: typeof edits;
  files: typeof files;
  guestKeys: typeof guestKeys;
  history: typeof history;
  hooks: typeof hooks;
  http: typeof http;
  invites: typeof invites;
  lastSeen: typeof lastSeen;
  members: typeof members;
  "model/access": typeof model_access;
  "model/answer": typeof model_answer;
  "model/apply": typeof model_apply;
  "model/archive": typeof model_archive;
  "model/ask": typeof model_ask;
  "model/author": typeof model_author;
  "model/batches": typeof model_batches;
  "model/card": typeof model_card;
  "model/check": typeof model_check;
  "model/checkpoint": typeof model_checkpoint;
  "model/clerk": typeof model_clerk;
  "model/counter": typeof model_counter;
  "model/declared": typeof model_declared;
  "model/deed": typeof model_deed;
  "model/digest": typeof model_digest;
  "model/edit": typeof model_edit;
  "model/expiry": typeof model_expiry;
  "model/file": typeof model_file;
  "model/folded": typeof model_folded;
  "model/gather": typeof model_gather;
  "model/guestKey": typeof model_guestKey;
  "model/history": typeof model_history;
  "model/hook": typeof model_hook;
  "model/id": typeof model_id;
  "model/invite": typeof model_invite;
  "model/kinds": typeof model_kinds;
  "model/limits": typeof model_limits;
  "model/lineage": typeof model_lineage;
  "model/listedFile": typeof model_listedFile;
  "model/log": typeof model_log;
  "model/member": typeof model_member;
  "model/missed": typeof model_missed;
  "model/name": typeof model_name;
  "model/note": typeof model_note;
  "model/op": typeof model_op;
  "model/operation": typeof model_operation;
  "model/order": typeof model_order;
  "model/person": typeof model_person;
  "model/place": typeof model_place;
  "model/plot": typeof model_plot;
  "model/presence": typeof model_presence;
  "model/quota": typeof model_quota;
  "model/rate": typeof model_rate;
  "model/refuse": typeof model_refuse;
  "model/remains": typeof model_remains;
  "model/removal": typeof model_removal;
  "model/reversal": typeof model_reversal;
  "model/revert": typeof model_revert;
  "model/rewording": typeof model_rewording;
  "model/role": typeof model_role;
  "model/session": typeof model_session;
  "model/shape": typeof model_shape;
  "model/sharing": typeof model_sharing;
  "model/sitting": typeof model_sitting;
  "model/stray": typeof model_stray;
  "model/survey": typeof model_survey;
  "model/takeback": typeof model_takeback;
  "model/thumbnail": typeof model_thumbnail;
  "model/timer": typeof model_timer;
  "model/touched": typeof model_touched;
  "model/turn": typeof model_turn;
  "model/unclear": typeof model_unclear;
  "model/upload": typeof model_upload;
  "model/uses": typeof model_uses;
  "model/visitor": typeof model_visitor;
  "model/writing": typeof model_writing;
  purge: typeof purge;
  relay: typeof relay;
  restores: typeof restores;
  retention: typeof retention;
  sessions: typeof sessions;
  snapshots: typeof snapshots;
  "tables/boards": typeof tables_boards;
  "tables/drawings": typeof tables_drawings;
  "tables/files": typeof tables_files;
  "tables/history": typeof tables_history;
  "tables/hooks": typeof tables_hooks;
  "tables/people": typeof tables_people;
  "tables/presence": typeof tables_presence;
  "tables/sessions": typeof tables_sessions;
  takebacks: typeof takebacks;
  thumbnails: typeof thumbnails;
  timers: typeof timers;
  trash: typeof trash;
  users: typeof users;
  versions: typeof versions;
  writings: typeof writings;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
