// Goes the ways that README shows with a picture, against a demo server, and takes the pictures.
//
//   node walk.mjs --base http://127.0.0.1:3000 --user demo --password … --out FOLDER

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { launchOptions } from "./support/browser.js";
import { signIn } from "./support/fixtures.js";

const { values } = parseArgs({
  options: {
    base: { type: "string", default: "http://127.0.0.1:3000" },
    user: { type: "string" },
    password: { type: "string", default: process.env.PASSWORD },
    out: { type: "string", default: "shots" },
  },
});
const look = { baseURL: values.base, viewport: { width: 1200, height: 760 }, colorScheme: "light", reducedMotion: "reduce" };

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch(launchOptions);
const page = await (await browser.newContext(look)).newPage();
await signIn(page, values.user, values.password);
const main = () => page.locator("#content");
const shot = (of, name) => of.screenshot({ path: path.join(values.out, `${name}.png`) });

// Invited, and accepting.
const email = `noor.${Date.now()}@example.com`;
await page.goto("/users/add");
await page.getByLabel("E-mail").fill(email);
await page.getByLabel("Name", { exact: true }).fill("Noor Haddad");
await page.getByRole("button", { name: "Add user" }).click();
await page.goto("/outbox");
await main().getByRole("link", { name: email }).click();
await page.getByRole("button", { name: "Show with its link" }).click();
const link = await page.getByLabel("Link", { exact: true }).inputValue();
const theirs = await (await browser.newContext({ ...look, viewport: { width: 1200, height: 900 } })).newPage();
await theirs.goto(link);
await shot(theirs, "invitation");

// Suspended, and to be let in again.
await page.goto("/users?sort=name&role=user&status=active");
await page.locator('tbody a[href*="person="]').nth(3).click();
const panel = page.getByRole("complementary", { name: "Person" });
await panel.getByRole("button", { name: "Suspend", exact: true }).click();
await panel.getByRole("button", { name: "Reactivate" }).waitFor();
await shot(page, "suspended");

// Many at once, looked at before.
await page.goto("/users?role=user&status=active");
await main().getByRole("checkbox", { name: /^Select (?!all)/ }).first().check();
await page.locator("#bulk").getByRole("checkbox", { name: /that match/ }).check();
await page.locator("#bulk").getByRole("button", { name: "Suspend…" }).click();
await page.getByRole("heading", { level: 1, name: "Suspend" }).waitFor();
await page.getByRole("button", { name: /^Suspend [\d,]+ people/ }).waitFor();
await shot(page, "mass-change");
await browser.close();
