// @ts-check
/** Breaks the texts that it reads, a JSON list: the clusters of each, and where lines may break. For tests/unit/test_breaking.py. */
import { readFileSync } from "node:fs";
import { clusters, opportunities } from "../../static/js/text/breaking.js";

/** @type {string[]} */
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => [clusters(text), opportunities([...text])])));
