// What people wait for in the browser, measured in Chromium against a running server: a first visit
// over a slow line, filtering as one types, scrolling and paging, and what Lighthouse says.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { chromium } from "@playwright/test";

import { launchOptions } from "../support/browser.js";
import { hydrated, signIn } from "../support/fixtures.js";
import { percentile, print } from "./support.mjs";

/** Fetched when it is needed, since nothing else needs its many packages. 13 wants a later Node. */
const LIGHTHOUSE = "lighthouse@12.8.2";
/** How long the search waits for another letter, in ms: `PAUSE` in app/src/pages/users/search.rs. */
const PAUSE = 120;
/** 1.6 Mbit/s with a round trip of 150 ms, in Chromium's units. */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOW_PROCESSOR = 4;
const REPEATS = 5;

export async function measure(bench) {
  const base = bench.server.url;
  const browser = await chromium.launch(launchOptions);
  try {
    const context = await browser.newContext({ baseURL: base });
    await signIn(await context.newPage(), bench.login, bench.password);
    const storageState = await context.storageState();
    await context.close();
    const open = () => browser.newContext({ baseURL: base, storageState, viewport: { width: 1440, height: 900 } });

    await firstVisits(open);
    await typing(await open());
    await moving(await open());
    await lighthouse(base, storageState.cookies);
  } finally {
    await browser.close();
  }
}

/** Until rows are visible and until a filter is answered without loading a page, each time anew. */
async function firstVisits(open) {
  const rows = [];
  const ready = [];
  const filtered = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const context = await open();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.clearBrowserCache");
    await session.send("Network.emulateNetworkConditions", SLOW_LINE);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PROCESSOR });
    await page.addInitScript(() => {
      const look = () => {
        if (document.querySelector("tbody tr")) {
          // Behind the frame that shows them.
          requestAnimationFrame(() => setTimeout(() => (window.rowsAfter ??= performance.now())));
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
    });
    await page.goto("/users", { waitUntil: "commit" });
    await hydrated(page);
    ready.push(await page.evaluate(() => performance.now()));
    rows.push(await page.evaluate(() => window.rowsAfter));
    await page.evaluate(() => document.querySelector("#filter-role").click());
    await page.locator(".popover .option").first().waitFor();
    filtered.push(await page.evaluate(() => performance.now()));
    await context.close();
  }
  print("slow_first_visit_rows_visible", median(rows), "ms");
  print("slow_first_visit_app_ready", median(ready), "ms");
  print("slow_first_visit_filter_open", median(filtered), "ms");
}

/** From the last letter to the rows, less the pause in which another letter may come. */
async function typing(context) {
  const page = await context.newPage();
  await page.goto("/users");
  await hydrated(page);
  const terms = ["anna", "müller", "chen", "@example", "maria", "garcia", "nguyen", "smith", "zzz-nobody", "ali"];
  const times = [];
  for (let i = 0; i < 4 * terms.length; i += 1) {
    const term = terms[i % terms.length].slice(0, 3 + (i % 4));
    times.push(
      await page.evaluate(async (typed) => {
        const field = document.querySelector('input[type="search"]');
        performance.clearResourceTimings();
        const isAnswered = () => performance.getEntriesByType("resource").some(({ name }) => name.includes("/api/users?"));
        const changed = new Promise((resolve) => {
          const observer = new MutationObserver(() => {
            if (!isAnswered() || document.querySelector('#people[aria-busy="true"]')) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          });
          observer.observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
        });
        field.focus();
        field.value = typed;
        const begin = performance.now();
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return (await changed) - begin;
      }, term),
    );
  }
  const waited = sorted(times.map((time) => Math.max(0, time - PAUSE)));
  print("typing_to_rows_p50", percentile(waited, 0.5), "ms");
  print("typing_to_rows_p95", percentile(waited, 0.95), "ms");
  await context.close();
}

/** The longest task of the page while it is scrolled and paged through. */
async function moving(context) {
  const page = await context.newPage();
  await page.goto("/users?size=200");
  await hydrated(page);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ type: "longtask" });
  });
  await page.locator("tbody tr").nth(5).hover();
  for (let i = 0; i < 5; i += 1) {
    for (let j = 0; j < 20; j += 1) await page.mouse.wheel(0, 200);
    const before = page.url();
    await page.getByRole("link", { name: /^next/i }).first().evaluate((link) => link.click());
    await page.waitForURL((url) => url.href !== before);
    await page.locator('[aria-busy="true"]').waitFor({ state: "detached" }).catch(() => {});
  }
  const tasks = await page.evaluate(() => window.longTasks);
  print("scroll_and_page_long_tasks", tasks.length, "tasks");
  print("scroll_and_page_longest_task", Math.max(0, ...tasks), "ms");
  await context.close();
}

/** Lighthouse on its mobile settings, as someone who is signed in. */
async function lighthouse(base, cookies) {
  const headers = JSON.stringify({ Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") });
  const flags = launchOptions.args.concat("--headless=new").join(" ");
  const args = [
    ...["exec", "--yes", `--package=${LIGHTHOUSE}`, "--", "lighthouse", `${base}/users`],
    ...["--quiet", "--output=json", `--extra-headers=${headers}`, `--chrome-flags=${flags}`],
    "--only-categories=performance,accessibility,best-practices",
  ];
  const environment = { ...process.env, CHROME_PATH: launchOptions.executablePath };
  try {
    const run = promisify(execFile);
    const { stdout } = await run("npm", args, { env: environment, maxBuffer: 64 * 1024 * 1024 });
    const report = JSON.parse(stdout.slice(stdout.indexOf("{")));
    for (const [name, { score }] of Object.entries(report.categories)) {
      print(`lighthouse_${name.replace("-", "_")}`, Math.round(score * 100), "points");
    }
    for (const audit of Object.values(report.audits)) {
      if (audit.score !== null && audit.score < 0.9) console.error(`lighthouse: ${audit.title} ${audit.displayValue ?? ""}`);
    }
  } catch (error) {
    console.error(`lighthouse did not run: ${String(error.message).slice(0, 300)}`);
  }
}

const sorted = (values) => [...values].sort((a, b) => a - b);

const median = (values) => percentile(sorted(values), 0.5);
