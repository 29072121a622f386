// The page of a board. board.js comes first: it imports htmx and its swap styles, which must be known before htmx opens the stream.
import "../../browser/main.ts";
import "../../browser/site/page.ts";
import "../../browser/site/share.ts";
import "../../browser/site/print.ts";
