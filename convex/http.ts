/**
 * The HTTP actions, which other programs call without a session. The web process forwards these paths
 * (app/web/forwarding.py), so a server needs one port.
 */
import { httpRouter } from "convex/server";
import { webhook } from "./clerk";
import { receive } from "./hooks";

const http = httpRouter();

http.route({ path: "/webhooks/clerk", method: "POST", handler: webhook });
http.route({ pathPrefix: "/hooks/", method: "POST", handler: receive });

export default http;
