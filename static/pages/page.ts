// Every page that is no board's.
import "htmx.org";
import "../../browser/site/page.ts";
