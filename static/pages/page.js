// @ts-check
// Every page that is no board's.
import "htmx.org";
import "../js/page.js";
