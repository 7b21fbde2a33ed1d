// Files in and out, over HTTP: the export of everything, and imports while others read.

import http from "node:http";
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";

import { rollcall } from "../support/server.js";
import { USERS, ask, load, print, rss, size } from "./support.mjs";

const ROWS = Number(process.env.ROWS ?? 100_000);
const READERS = { connections: 8, seconds: 8 };
const READ = ["/users?", "/users?role=manager", "/users?q=anna", "/users?sort=-budget"];

export async function measure(bench) {
  await exports(bench);
  await imports(bench);
}

async function exports(bench) {
  for (const format of ["csv", "xlsx", "json"]) {
    const before = await rss(bench);
    const { first, whole, bytes, peak } = await download(bench, { query: "", scope: "everything", format });
    print(`export_${format}_rows`, USERS / (whole / 1000), "1/s");
    print(`export_${format}_first_byte`, first, "ms");
    print(`export_${format}_size`, bytes / 2 ** 20, "MiB");
    print(`export_${format}_extra_memory`, Math.max(0, peak - before), "MiB");
  }
}

/** Sends the export's form and reads the file as it comes. */
function download(bench, fields) {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    ...ours(bench),
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    let [first, bytes, peak] = [0, 0, 0];
    const request = http.request(`${bench.server.url}/users/export`, { method: "POST", headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the export answers ${answer.statusCode}`));
      const watch = setInterval(async () => (peak = Math.max(peak, await rss(bench))), 250);
      answer.on("data", (chunk) => {
        first ||= performance.now() - begin;
        bytes += chunk.length;
      });
      answer.on("error", reject);
      answer.on("end", () => {
        clearInterval(watch);
        resolve({ first, whole: performance.now() - begin, bytes, peak });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function imports(bench) {
  const csv = `${bench.folder}/people.csv`;
  await writeFile(csv, list("csv"));
  print("import_csv_rows", await run(bench, csv), "1/s");

  // Read while another file is taken in, and compared with reading alone.
  const second = `${bench.folder}/more.csv`;
  await writeFile(second, list("more"));
  await load(bench, READ, { ...READERS, seconds: 2 });
  const alone = await load(bench, READ, READERS);
  const [, during] = await Promise.all([run(bench, second), load(bench, READ, READERS)]);
  print("read_rate_kept_while_importing", (100 * during.rate) / alone.rate, "%");
  print("read_p99_while_importing", during.p99, "ms");

  // A spreadsheet as an export of ours writes it, of people who are not here yet.
  const [other, people, sheet] = ["other.db", "sheet.csv", "sheet.xlsx"].map((name) => `${bench.folder}/${name}`);
  await writeFile(people, list("sheet"));
  await rollcall(["import", people, "--database", other]);
  await rollcall(["export", "--format", "xlsx", "--query", "tab=all", "--output", sheet, "--database", other]);
  print("import_xlsx_time", ROWS / (await run(bench, sheet)), "s");
  print("wal_size_after_imports", size(`${bench.database}-wal`) / 2 ** 20, "MiB");
  print("rss_after_imports", await rss(bench), "MiB");
}

/** A list of people whom nobody else has. */
function list(prefix) {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const promo = i % 3 === 0 ? "WELCOME" : "";
    return `${prefix}-${i}@files.example,Zoë Person${i} ${prefix},+43660${String(1_000_000 + i)},user,${promo}\r\n`;
  });
  return `email,name,phone,role,promo code\r\n${rows.join("")}`;
}

/** Uploads a file, has it imported, and gives the rows per second from the start to the end. */
async function run(bench, file) {
  const address = await upload(bench, file);
  const begin = performance.now();
  const started = await ask(bench, `${address}/start`, { method: "POST", headers: ours(bench) });
  if (started.status !== 303) throw new Error(`starting an import answers ${started.status}`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { text } = await ask(bench, address);
    if (!text.includes('data-state="running"')) break;
  }
  return ROWS / ((performance.now() - begin) / 1000);
}

async function upload(bench, file) {
  const boundary = "rollcall-bench";
  const name = file.split("/").at(-1);
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const length = Buffer.byteLength(head) + (await stat(file)).size + Buffer.byteLength(tail);
  const headers = {
    ...ours(bench),
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "content-length": length,
  };
  const address = await new Promise((resolve, reject) => {
    const request = http.request(`${bench.server.url}/import`, { method: "POST", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.headers.location));
    });
    request.on("error", reject);
    request.write(head);
    const content = createReadStream(file);
    content.on("error", reject);
    content.on("end", () => request.end(tail));
    content.pipe(request, { end: false });
  });
  if (!address) throw new Error(`${name} was not taken`);
  return address;
}

/** What a form of ours is sent with. */
function ours(bench) {
  return { cookie: bench.cookie, origin: bench.server.url, "sec-fetch-site": "same-origin" };
}
