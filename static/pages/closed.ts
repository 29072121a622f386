import "./page.ts";
import "../../browser/site/asking.ts";
