// Bundles what pages load: `node app/web/bundle.ts FOLDER VERSION` writes each file under a name with its content's hash into
// FOLDER, compressed twice beside it, and last FOLDER/VERSION.json: the names by what templates call the files.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type BuildFailure, build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");
const STATIC = join(ROOT, "static");
const FONTS = join(ROOT, "node_modules/@fontsource/shantell-sans/files");
const [folder, version] = process.argv.slice(2);

/** Quality 11 makes the files 6 % smaller than 9, and takes 20 times as long. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** A page that is open may still ask for a file of an earlier build. One that no build has written for so long is deleted, in ms. */
const KEPT = 30 * 24 * 3_600_000;

/** By the name that templates use. */
const names: Record<string, string> = {};

async function bundled(): Promise<void> {
  const pages = (await readdir(join(STATIC, "pages"))).map((name) => join(STATIC, "pages", name));
  const { outputFiles, metafile } = await build({
    entryPoints: pages,
    entryNames: "[name]-[hash]",
    outdir: folder,
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2023",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) names[relative("static", entryPoint).replace(/\.ts$/, ".js")] = basename(path);
  }
  await Promise.all(outputFiles.map(({ path, contents }) => keep(basename(path), contents)));
}

/** A file as it is. `name` is the one for templates. */
async function copied(path: string, name: string): Promise<void> {
  const body = await readFile(path);
  const end = extname(name);
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8).toUpperCase();
  names[name] = `${basename(name, end)}-${hash}${end}`;
  await keep(names[name], body);
}

/** Another process may write the same file at this moment: nobody sees half of one. */
async function keep(name: string, body: Uint8Array): Promise<void> {
  const path = join(folder, name);
  if (existsSync(path)) return touched(name);
  if (!/\.(map|png|woff2)$/.test(name)) {
    await put(`${path}.gz`, await promisify(gzip)(body, { level: 9 }));
    await put(`${path}.br`, await promisify(brotliCompress)(body, BROTLI));
  }
  await put(path, body); // the last: where it is, the others are
}

async function touched(name: string): Promise<void> {
  const now = new Date();
  for (const end of ["", ".gz", ".br"]) await utimes(join(folder, name + end), now, now).catch(() => {});
}

async function put(path: string, body: Uint8Array | string): Promise<void> {
  const own = join(dirname(path), `.${process.pid}-${basename(path)}.tmp`);
  await writeFile(own, body);
  await rename(own, path);
}

async function prune(): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < Date.now() - KEPT) await rm(path, { force: true });
  }
}

const plain = (await readdir(STATIC)).filter((name) => /\.(ico|png|svg|webmanifest)$/.test(name));
const fonts = (await readdir(FONTS)).filter((name) => name.endsWith("-400-normal.woff2"));
try {
  await Promise.all([
    bundled(),
    ...plain.map((name) => copied(join(STATIC, name), name)),
    ...fonts.map((name) => copied(join(FONTS, name), `vendor/${name.replace("-400-normal", "")}`)),
  ]);
  await put(join(folder, `${version}.json`), JSON.stringify(names));
  await prune();
} catch (error) {
  const { errors = [] } = error as Partial<BuildFailure>;
  for (const { text, location } of errors)
    console.error(location ? `${location.file}:${location.line}: ${text}` : text);
  if (!errors.length) console.error(error);
  process.exitCode = 1;
}
process.exit();
