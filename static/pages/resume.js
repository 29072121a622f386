// @ts-check
import "../js/auth-resume.js";
