import "./page.ts";
import "../../browser/site/auth-sign-in.ts";
