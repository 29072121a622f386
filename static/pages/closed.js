// @ts-check
import "./page.js";
import "../js/asking.js";
