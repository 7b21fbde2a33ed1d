// What every area needs: a server over a filled database, somebody who is signed in, requests one
// by one and in masses, and printing.

import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { admin, createAdmin, rollcall, serve, temporaryFolder } from "../support/server.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const loader = process.env.LOAD ?? path.join(root, "target/release/load");

/** How long a mass of requests is sent. */
export const SECONDS = Number(process.env.SECONDS ?? 5);
/** How many people there are. */
export const USERS = Number(process.env.USERS ?? 1_000_000);

/** Prints a figure. */
export function print(name, value, unit = "") {
  console.log(`${name} ${typeof value === "number" ? round(value) : value} ${unit}`.trim());
}

function round(value) {
  return value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toPrecision(3);
}

/** A filled database and its server. */
export async function open() {
  const { folder, remove } = await temporaryFolder();
  const bench = { folder, remove, database: `${folder}/bench.db`, server: undefined, cookie: "", login: "bench", password: admin.password };
  try {
    await fill(bench.database);
    // The first start of all may have to warm the disk's cache; the second is what a restart takes.
    bench.server = await serve(bench.database);
    await bench.server.stop();
    bench.server = await serve(bench.database);
    bench.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    bench.rssAtStart = await rss(bench);
    bench.cookie = await signIn(bench);
    return bench;
  } catch (error) {
    await close(bench);
    throw error;
  }
}

async function fill(database) {
  const begin = performance.now();
  if (process.env.DATABASE) {
    await copyFile(process.env.DATABASE, database);
    const key = process.env.DATABASE.replace(/\.[^.]*$/, ".key");
    if (existsSync(key)) await copyFile(key, database.replace(/\.db$/, ".key"));
  } else {
    await rollcall(["demo", "--users", String(USERS), "--seed", "1", "--database", database]);
    print("fill_time", (performance.now() - begin) / 1000, "s");
  }
  const name = { username: "bench", email: "bench@bench.example" };
  await createAdmin(database, { ...admin, ...name });
}

/** Stops the server and clears away. */
export async function close(bench) {
  bench.agent?.destroy();
  await bench.server?.stop();
  await bench.remove();
}

/** One request on a kept-alive connection; gives status, time in ms and body. */
export function ask(bench, address, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const options = { agent: bench.agent, method, headers: { cookie: bench.cookie, ...headers } };
    const request = http.request(bench.server.url + address, options, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          ms: performance.now() - begin,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** The answer to an address that must have one. */
export async function get(bench, address) {
  const answer = await ask(bench, address);
  if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}`);
  return answer;
}

async function signIn(bench) {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    origin: bench.server.url,
    "sec-fetch-site": "same-origin",
  };
  const body = new URLSearchParams({ login: bench.login, password: bench.password }).toString();
  const answer = await ask(bench, "/sign-in", { method: "POST", headers, body });
  const cookie = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
  if (!cookie) throw new Error(`signing in gave ${answer.status} and no cookie`);
  return cookie;
}

/**
 * Sends addresses in turn. With a rate they are due at fixed moments, and times count from then;
 * without, each connection sends its next when it has its last answer.
 */
export async function load(bench, addresses, { connections = 64, rate = 0, seconds = SECONDS } = {}) {
  const { host } = new URL(bench.server.url);
  const request = (address) => `GET ${address} HTTP/1.1\nHost: ${host}\nCookie: ${bench.cookie}\n\n`;
  const child = spawn(loader, [host, connections, seconds, rate].map(String), { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(addresses.map(request).join(""));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  return JSON.parse(output);
}

/** Prints what a load came to. */
export function printLoad(name, { rate, p50, p99, failures }, what = ["rate", "p50", "p99"]) {
  if (what.includes("rate")) print(`${name}_rate`, rate, "1/s");
  if (what.includes("p50")) print(`${name}_p50`, p50, "ms");
  if (what.includes("p99")) print(`${name}_p99`, p99, "ms");
  if (failures > 0) print(`${name}_failures`, failures, "answers");
}

/** Changes something that no list shows, so that no page of rows is answered from memory. */
export async function forget(bench) {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    origin: bench.server.url,
    "sec-fetch-site": "same-origin",
  };
  const view = { slug: bench.view, query: "", name: "bench", sharing: "private" };
  const change = (name) =>
    ask(bench, `/api/views/${name}`, { method: "POST", headers, body: new URLSearchParams(view).toString() });
  if (!bench.view) view.slug = bench.view = (await change("save")).headers.location?.split("/").at(-1);
  const answer = await change("update");
  if (answer.headers.location !== `/views/${bench.view}`) throw new Error(`updating a view answers ${answer.status}: ${answer.text}`);
}

/** Times of so many answers to each address, sent one by one, none of which is asked twice. */
export async function times(bench, addresses) {
  const all = [];
  for (const address of addresses) all.push((await get(bench, address)).ms);
  return all.sort((a, b) => a - b);
}

/** The time that a share of sorted ones stays below. */
export function percentile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Memory that the server holds, in MiB. */
export async function rss(bench) {
  const pid = String(bench.server.pid);
  const kib = execFileSync("ps", ["-o", "rss=", "-p", pid]).toString().trim();
  return Number(kib) / 1024;
}

/** The address of a call. */
export function call(name, query, more = "") {
  return `/api/${name}?query=${encodeURIComponent(query)}${more}`;
}

/** What an SQLite query of the file gives: only for what no address tells. */
export function size(file) {
  return Number(execFileSync("stat", ["-c", "%s", file]).toString());
}
