/** Breaks the texts that it reads, a JSON list: the clusters of each, and where lines may break. For tests/unit/drawing/test_breaking.py. */
import { readFileSync } from "node:fs";
import { clusters, opportunities } from "../../../browser/text/breaking.ts";

const texts: string[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => [clusters(text), opportunities([...text])])));
