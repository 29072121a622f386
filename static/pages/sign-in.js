// @ts-check
import "./page.js";
import "../js/auth-sign-in.js";
