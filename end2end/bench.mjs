// Loads the release server over HTTP and prints what it does, one `name value unit` a line.
//
//   USERS=100000 SECONDS=5 CONNECTIONS=8 node bench.mjs
//
// The load is a closed loop: each of CONNECTIONS kept-alive connections sends its next request when
// the answer to the last one is there. The loader shares the machine with the server.

import { readFile } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { admin, fill, serve, temporaryFolder } from "./support/server.js";

const USERS = Number(process.env.USERS ?? 100_000);
const SECONDS = Number(process.env.SECONDS ?? 5);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 8);

const { folder, remove } = await temporaryFolder();
let server;
try {
  await measure();
} finally {
  await server?.stop();
  await remove();
}

async function measure() {
  const cpus = os.cpus();
  print("machine_cores", cpus.length, "cores");
  print("machine_cpu", cpus[0]?.model.trim() || "unknown", "");
  print("machine_memory", Math.round(os.totalmem() / 2 ** 20), "MiB");
  print("users", USERS, "people");
  print("connections", CONNECTIONS, "connections");

  const database = `${folder}/bench.db`;
  const begin = performance.now();
  await fill(database, { users: USERS, seed: 1 });
  print("fill", ((performance.now() - begin) / 1000).toFixed(1), "s");

  // The first start of all may have to warm the disk's cache; the second is what a restart takes.
  server = await serve(database);
  await server.stop();
  server = await serve(database);
  print("start_to_ready", server.readyAfter.toFixed(0), "ms");
  await memory("rss_idle");

  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const cookie = await signIn(agent);
  const get = (path, headers = {}) => request(agent, "GET", path, { cookie, "accept-encoding": "br", ...headers });

  await assets(get);

  const cases = [
    ["health", "/health"],
    ["users_html", "/users"],
    ["users_html_filtered", "/users?role=user&licence=licensed&registered=12m"],
    ["users_html_sorted", "/users?sort=-chats"],
    ["users_html_last_page", "/users?page=last"],
    ["users_html_search", "/users?q=anna"],
    ["users_html_200_rows", "/users?size=200"],
    ["trends_html", "/trends?period=12m&grain=week"],
    // What the client calls when it moves about without loading pages.
    ["fn_session", "/api/session"],
    ["fn_users", "/api/users?query="],
    ["fn_users_search", "/api/users?query=q%3Danna"],
    ["fn_users_totals", "/api/users/totals?query=role%3Duser"],
    ["fn_users_kpis", "/api/users/kpis"],
    ["fn_users_options", "/api/users/options?query=&filter=origin"],
    ["fn_users_revision", "/api/users/revision"],
    ["fn_trends", "/api/trends?query=period%3D12m"],
  ];
  for (const [name, path] of cases) {
    const probe = await get(path);
    if (probe.status !== 200) {
      console.error(`${name}: skipped, ${path} answers ${probe.status}`);
      continue;
    }
    await load(name, () => get(path));
  }
  await memory("rss_after_load");
  agent.destroy();
}

/** Sends requests for a while on all connections and prints rate and percentiles. */
async function load(name, send) {
  for (let i = 0; i < 20; i += 1) await send();
  const times = [];
  let failures = 0;
  const begin = performance.now();
  const end = begin + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const sent = performance.now();
        const { status } = await send();
        times.push(performance.now() - sent);
        if (status !== 200) failures += 1;
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  print(`${name}_rate`, (times.length / seconds).toFixed(0), "1/s");
  print(`${name}_p50`, percentile(0.5).toFixed(2), "ms");
  print(`${name}_p99`, percentile(0.99).toFixed(2), "ms");
  if (failures > 0) print(`${name}_failures`, failures, "answers");
}

/** The bytes of a first visit of the users page, as compressed. */
async function assets(get) {
  const page = await get("/users");
  print("users_html_bytes", page.length, "B");
  const links = [...page.text.matchAll(/"(\/pkg\/[^"]+\.(?:js|wasm|css))"/g)].map((match) => match[1]);
  const seen = new Set();
  let total = 0;
  for (const queue = [...links]; queue.length > 0; ) {
    const path = queue.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, length, text } = await get(path);
    if (status !== 200) continue;
    total += length;
    if (!path.endsWith(".js")) continue;
    // What a script imports comes with it; what it fetches by URL is a lazy chunk.
    for (const [, name] of text.matchAll(/from\s*"\.\/([^"]+\.js)"/g)) queue.push(`/pkg/${name}`);
  }
  print("assets_bytes", total, "B");
  print("first_visit_bytes", total + page.length, "B");
}

/** Sends the form of the sign-in page as a browser without scripts does; gives the cookie. */
async function signIn(agent) {
  const page = await request(agent, "GET", "/sign-in");
  const form = /<form[^>]*method="post"[\s\S]*?<\/form>/i.exec(page.text)?.[0] ?? "";
  const action = /action="([^"]*)"/.exec(form)?.[1] || "/sign-in";
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(input)?.[1];
    const type = /\stype="([^"]*)"/.exec(input)?.[1] ?? "text";
    if (!name) continue;
    if (type === "password") fields.set(name, admin.password);
    else if (type === "hidden") fields.set(name, /\svalue="([^"]*)"/.exec(input)?.[1] ?? "");
    else if (type === "text" || type === "email") fields.set(name, admin.username);
  }
  const answer = await request(
    agent,
    "POST",
    action.replaceAll("&amp;", "&"),
    {
      "content-type": "application/x-www-form-urlencoded",
      accept: "text/html",
      origin: server.url,
      "sec-fetch-site": "same-origin",
    },
    fields.toString(),
  );
  const cookie = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
  if (!cookie) throw new Error(`signing in gave ${answer.status} and no cookie:\n${answer.text.slice(0, 500)}`);
  return cookie;
}

/** One request on a kept-alive connection; `length` counts the body as it came. */
function request(agent, method, path, headers = {}, body = undefined) {
  return new Promise((resolve, reject) => {
    const sent = http.request(server.url + path, { agent, method, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const raw = Buffer.concat(chunks);
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          length: raw.length,
          /** Decoded only where somebody reads it. */
          get text() {
            return decode(raw, answer.headers["content-encoding"]).toString("latin1");
          },
        });
      });
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function decode(bytes, encoding) {
  if (encoding === "br") return brotliDecompressSync(bytes);
  if (encoding === "gzip") return gunzipSync(bytes);
  return bytes;
}

/** Memory that the server holds, where the system says so. */
async function memory(name) {
  const status = await readFile(`/proc/${server.pid}/status`, "utf8").catch(() => "");
  const kib = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  if (kib) print(name, (Number(kib) / 1024).toFixed(1), "MiB");
}

function print(name, value, unit) {
  console.log(`${name} ${value} ${unit}`.trim());
}
