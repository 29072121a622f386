// @ts-check
// The page of a board. board.js comes first: it imports htmx and its swap styles, which must be known before htmx opens the stream.
import "../js/board.js";
import "../js/page.js";
import "../js/share.js";
import "../js/print.js";
