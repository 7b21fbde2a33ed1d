// Takes pictures of pages: at 1440 and 390 pixels, in light and dark.
//
//   node shots.mjs --base http://127.0.0.1:3000 --user admin --password … --out FOLDER [--full] [--no-scripts] [PATH…]

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { launchOptions } from "./support/browser.js";
import { signIn } from "./support/fixtures.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: "string", default: "http://127.0.0.1:3000" },
    user: { type: "string" },
    password: { type: "string", default: process.env.PASSWORD },
    out: { type: "string", default: "shots" },
    width: { type: "string", multiple: true, default: ["1440", "390"] },
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    full: { type: "boolean", default: false },
    "no-scripts": { type: "boolean", default: false },
  },
});
const addresses = positionals.length > 0 ? positionals : ["/users", "/trends"];

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch(launchOptions);
let storageState;
if (values.user) {
  const context = await browser.newContext({ baseURL: values.base });
  await signIn(await context.newPage(), values.user, values.password);
  storageState = await context.storageState();
  await context.close();
}

for (const width of values.width.map(Number)) {
  for (const colorScheme of values.theme) {
    const context = await browser.newContext({
      baseURL: values.base,
      storageState,
      colorScheme,
      viewport: { width, height: width < 800 ? 844 : 900 },
      deviceScaleFactor: width < 800 ? 2 : 1,
      reducedMotion: "reduce",
      javaScriptEnabled: !values["no-scripts"],
    });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`${page.url()}: ${message.text()}`);
    });
    for (const address of addresses) {
      await page.goto(address, { waitUntil: "networkidle" });
      const name = address.replace(/^\//, "").replace(/[^A-Za-z0-9=.-]+/g, "_") || "start";
      const file = path.join(values.out, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: values.full });
      console.log(file);
    }
    await context.close();
  }
}
await browser.close();
