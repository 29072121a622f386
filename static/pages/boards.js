// @ts-check
import "./page.js";
import "../js/kept/renames.js";
