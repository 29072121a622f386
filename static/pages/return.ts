import "./page.ts";
import "../../browser/site/return.ts";
