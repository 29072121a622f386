import "./page.ts";
import "../../browser/list/acts.ts";
import "../../browser/list/files.ts";
import "../../browser/list/keys.ts";
import "../../browser/list/selection.ts";
import "../../browser/list/sorting.ts";
import "../../browser/kept/renames.ts";
