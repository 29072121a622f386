import { defineComponent } from "convex/server";
import { v } from "convex/values";
import ledger from "./ledger/convex.config.js";
import tally from "./tally/convex.config.js";

const component = defineComponent("shelf", { env: { LABEL: v.string() } });
component.use(ledger);
component.use(tally, { name: "loans" });

export default component;
