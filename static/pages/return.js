// @ts-check
import "./page.js";
import "../js/return.js";
