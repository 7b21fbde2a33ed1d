// Finishes the page files that `cargo leptos build --release --split --frontend-only` left in
// target/site, before the server embeds them:
//
// 1. leaves out what no browser asks for (TypeScript declarations);
// 2. makes the modules a hundredth smaller than cargo-leptos' one pass of wasm-opt does;
// 3. gives the client's files names that change whenever any of them changes;
// 4. writes a .br and a .gz beside every file that gets smaller by it, and at last `.finished`.
//
//   node finish-site.mjs [SITE_FOLDER] [HASH_FILE]

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const execute = promisify(execFile);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const site = path.resolve(process.argv[2] ?? path.join(root, "target/site"));
const hashFile = path.resolve(process.argv[3] ?? path.join(root, "target/release/hash.txt"));
const pkg = path.join(site, "pkg");

/** What cargo-leptos puts into names: MD5 in base64url. */
const HASH = /^(?<stem>.+)\.(?<hash>[A-Za-z0-9_-]{22})\.(?<extension>\w+)$/;

await removeDeclarations();
await shrink();
await renewHashes();
await compress();
await writeFile(path.join(site, ".finished"), "");

async function removeDeclarations() {
  for (const name of await readdir(pkg)) {
    if (name.endsWith(".ts")) await rm(path.join(pkg, name));
  }
}

/** Flat code with its loops found anew, and then made small twice. */
async function shrink() {
  const features = ["reference-types", "bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "multivalue"];
  const passes = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--strip-producers"];
  const wasmOpt = path.join(root, "end2end/node_modules/.bin/wasm-opt");
  for (const name of (await readdir(pkg)).filter((name) => name.endsWith(".wasm"))) {
    const file = path.join(pkg, name);
    await execute(wasmOpt, [...features.map((feature) => `--enable-${feature}`), ...passes, file, "-o", file]);
  }
}

/**
 * cargo-leptos (0.3.10) hashes the main script before it writes the hashed names of the others into
 * it, so that a new build may have new content under an old name, which browsers keep for a year:
 * the old script then asks for files that are gone. https://github.com/leptos-rs/cargo-leptos/issues/658
 *
 * The scripts and modules refer to one another in a circle, so none can be named by its own content:
 * each gets a name made of its old one and of the content of all. Names keep their length, because
 * they also stand inside the WASM. The stylesheet refers to nothing and keeps its name.
 */
async function renewHashes() {
  const files = [];
  for (const name of (await readdir(pkg)).sort()) {
    const hash = HASH.exec(name)?.groups.hash;
    if (!hash || name.endsWith(".css")) continue;
    files.push({ name, hash, content: await readFile(path.join(pkg, name)) });
  }
  if (files.length === 0) throw new Error(`no hashed files in ${pkg}: is hash-files on?`);

  const build = createHash("sha256");
  for (const { name, content } of files) build.update(`${name}\n${content.length}\n`).update(content);
  const digest = build.digest();
  const renewed = new Map(
    files.map(({ hash }) => [
      hash,
      createHash("sha256").update(hash).update(digest).digest("base64url").slice(0, hash.length),
    ]),
  );

  // Latin-1 maps every byte to one character and back.
  const renew = (bytes) => {
    let text = bytes.toString("latin1");
    for (const [from, to] of renewed) text = text.replaceAll(from, to);
    return Buffer.from(text, "latin1");
  };
  for (const { name, content } of files) {
    await rm(path.join(pkg, name));
    await writeFile(path.join(pkg, renew(Buffer.from(name)).toString()), renew(content));
  }
  await writeFile(`${hashFile}.new`, renew(await readFile(hashFile)));
  await rename(`${hashFile}.new`, hashFile);
}

async function compress() {
  const brotli = promisify(brotliCompress);
  const gzipped = promisify(gzip);
  const compressible = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      };
      const versions = { br: await brotli(content, { params }), gz: await gzipped(content, { level: 9 }) };
      for (const [extension, version] of Object.entries(versions)) {
        if (version.length < content.length) await writeFile(`${file}.${extension}`, version);
      }
    }),
  );
}
