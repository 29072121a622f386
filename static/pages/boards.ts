import "./page.ts";
import "../../browser/kept/renames.ts";
