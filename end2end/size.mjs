// Fails when the page files are larger than promised, in brotli as browsers get them: those of a
// first visit (its HTML is measured in a browser, by specs/size.spec.js), the lazy chunks and the
// chart script.
//
//   node size.mjs [SITE_FOLDER]

import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The files of a first visit of the users page; with the HTML it may be 250,000. */
const FIRST_VISIT = 235_000;
/** One chunk that is loaded for a page or a dialog. */
const CHUNK = 60_000;
/** The chart script. */
const CHARTS = 165_000;

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const site = path.resolve(process.argv[2] ?? path.join(root, "target/site"));

const sizes = [];
for (const entry of await readdir(site, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".br")) continue;
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  sizes.push({ name: path.relative(site, file).slice(0, -3), bytes: (await stat(file)).size });
}
sizes.sort((a, b) => b.bytes - a.bytes);

const charts = sizes.filter(({ name }) => name.startsWith("vendor/echarts"));
const chunks = sizes.filter(({ name }) => /^pkg\/(split|chunk)_.*\.wasm$/.test(name));
const first = sizes.filter(
  ({ name }) => /^pkg\/.*\.(js|wasm|css)$/.test(name) && !chunks.some((chunk) => chunk.name === name),
);

const problems = [];
function report(title, files, limit, each) {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const measured = each ? Math.max(0, ...files.map(({ bytes }) => bytes)) : total;
  console.log(`${title}: ${total} bytes in brotli, at most ${limit}${each ? " each" : ""}`);
  for (const { name, bytes } of files) console.log(`  ${String(bytes).padStart(8)}  ${name}`);
  if (measured > limit) problems.push(`${title}: ${measured} bytes, ${measured - limit} over ${limit}`);
}

report("First visit without its HTML", first, FIRST_VISIT, false);
report("Lazy chunks", chunks, CHUNK, true);
report("Chart script", charts, CHARTS, true);
if (first.length < 3) problems.push(`no page files in ${site}: run make build`);
for (const problem of problems) console.error(`Too large: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
