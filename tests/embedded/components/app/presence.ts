// @convex-dev/presence
import { Presence } from "@convex-dev/presence";
import { v } from "convex/values";
import { components } from "./_generated/api.js";
import { mutation, query } from "./_generated/server.js";

const presence = new Presence(components.presence);

export const heartbeat = mutation({
  args: { roomId: v.string(), userId: v.string(), sessionId: v.string(), interval: v.number() },
  handler: (ctx, { roomId, userId, sessionId, interval }) =>
    presence.heartbeat(ctx, roomId, userId, sessionId, interval),
});
export const list = query({
  args: { roomToken: v.string() },
  handler: (ctx, { roomToken }) => presence.list(ctx, roomToken),
});
export const disconnect = mutation({
  args: { sessionToken: v.string() },
  handler: (ctx, { sessionToken }) => presence.disconnect(ctx, sessionToken),
});
export const listRoom = query({
  args: { roomId: v.string(), onlineOnly: v.optional(v.boolean()) },
  handler: (ctx, { roomId, onlineOnly }) => presence.listRoom(ctx, roomId, onlineOnly),
});
export const listUser = query({
  args: { userId: v.string(), onlineOnly: v.optional(v.boolean()) },
  handler: (ctx, { userId, onlineOnly }) => presence.listUser(ctx, userId, onlineOnly),
});
export const updateRoomUser = mutation({
  args: { roomId: v.string(), userId: v.string(), data: v.any() },
  handler: (ctx, { roomId, userId, data }) => presence.updateRoomUser(ctx, roomId, userId, data),
});
export const removeRoomUser = mutation({
  args: { roomId: v.string(), userId: v.string() },
  handler: (ctx, { roomId, userId }) => presence.removeRoomUser(ctx, roomId, userId),
});
export const removeRoom = mutation({
  args: { roomId: v.string() },
  handler: (ctx, { roomId }) => presence.removeRoom(ctx, roomId),
});
