// node server.ts FOLDER PORT: rooms of tldraw-sync, each in an SQLite file. A change is on disk before it is acknowledged.
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { NodeSqliteWrapper, SQLiteSyncStorage, TLSocketRoom } from "@tldraw/sync-core";
import { createTLSchema, type TLRecord } from "@tldraw/tlschema";
import { WebSocketServer } from "ws";

const [folder = ".", port = "0"] = process.argv.slice(2);
const schema = createTLSchema();
const rooms = new Map<string, TLSocketRoom<TLRecord, void>>();

function open(name: string): TLSocketRoom<TLRecord, void> {
  const db = new DatabaseSync(join(folder, `${name}.db`));
  // The fastest way that keeps its word: one sync of the write-ahead log for each commit.
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const room = new TLSocketRoom<TLRecord, void>({
    schema,
    storage: new SQLiteSyncStorage<TLRecord>({ sql: new NodeSqliteWrapper(db) }),
    onSessionRemoved(_, { numSessionsRemaining }) {
      if (numSessionsRemaining > 0 || room.isClosed()) return;
      rooms.delete(name);
      room.close();
      db.close();
    },
  });
  rooms.set(name, room);
  return room;
}

const http = createServer((request, response) => {
  response.end(request.url === "/schema" ? JSON.stringify(schema.serialize()) : "ok");
});
http.keepAliveTimeout = 60_000;
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 1 << 24 });
sockets.on("connection", (socket, request) => {
  const [, room = "", sessionId = ""] = (request.url ?? "").split("/");
  (rooms.get(room) ?? open(room)).handleSocketConnect({ sessionId, socket });
});
http.listen(Number(port), "127.0.0.1");
