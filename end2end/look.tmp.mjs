import { chromium } from "@playwright/test";
import { launchOptions } from "./support/browser.js";
const base = "http://127.0.0.1:4790";
const [, , ...args] = process.argv;
const browser = await chromium.launch(launchOptions);
const c0 = await browser.newContext({ baseURL: base });
const p0 = await c0.newPage();
await p0.goto("/sign-in"); await p0.fill("[name=login]", "demo"); await p0.fill("[name=password]", "rollcall-demo"); await p0.click("button[type=submit]"); await p0.waitForURL(/users/);
const storageState = await c0.storageState();
for (const [w, h, scheme, tag] of [[1440, 900, "light", "w"], [390, 844, "dark", "p"]]) {
  const c = await browser.newContext({ baseURL: base, storageState, viewport: { width: w, height: h }, colorScheme: scheme });
  const page = await c.newPage();
  const errors = [];
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  for (const a of args) {
    const r = await page.goto(a); await page.waitForTimeout(600);
    const name = a.replace(/\W+/g, "_").slice(0, 40);
    await page.screenshot({ path: `/tmp/look/${tag}_${name}.png`, fullPage: w > 1000 ? false : false });
    console.log(tag, a, r.status(), errors.splice(0).join(" | "));
  }
  await c.close();
}
await browser.close();
