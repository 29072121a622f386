// @ts-check
import "./page.js";
import "../js/share.js";
