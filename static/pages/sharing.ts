import "./page.ts";
import "../../browser/site/share.ts";
