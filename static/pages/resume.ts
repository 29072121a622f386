import "../../browser/site/auth-resume.ts";
