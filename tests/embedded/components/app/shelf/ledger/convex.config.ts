import { defineComponent } from "convex/server";
import tally from "../tally/convex.config.js";

const component = defineComponent("ledger");
component.use(tally);

export default component;
