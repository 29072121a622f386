/**
 * The HTTP actions, which other programs call without a session. The web process forwards these paths
 * (app/web/forwarding.py), so a server needs one port.
 */
import { httpRouter } from "convex/server";
import { webhook } from "./clerk";

const http = httpRouter();

http.route({ path: "/webhooks/clerk", method: "POST", handler: webhook });

export default http;
