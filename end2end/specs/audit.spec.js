// The audit log: narrowing it, opening an entry, its files, and checking it; with and without
// scripts.

import { readFile } from "node:fs/promises";

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main } from "../support/users.js";

test.use({ contextOptions: { reducedMotion: "reduce" } });

withAndWithoutScripts(() => {
  test("the log is narrowed, and an entry opened", async ({ page }) => {
    await page.goto("/audit");
    await expect(main(page).getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
    await main(page).getByLabel("What").selectOption("session.signed_in");
    await main(page).getByLabel("When").selectOption("7d");
    await main(page).getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/action=session\.signed_in/);
    const entry = main(page).locator(".log details").first();
    await expect(entry).toContainText("signed in");
    await entry.locator("summary").click();
    await expect(entry.getByText("From the address")).toBeVisible();
    await entry.getByRole("link", { name: "Only this entry" }).click();
    await expect(main(page).locator(".log details")).toHaveCount(1);
    await main(page).getByRole("link", { name: /^All by / }).click();
    await expect(page).toHaveURL(/by=\d+$/);
    await main(page).getByRole("link", { name: "Clear all" }).click();
    await expect(page).toHaveURL(/\/audit$/);
  });

  test("people are typed; who is not known is told at the field", async ({ page }) => {
    await page.goto("/audit?action=session");
    const by = main(page).getByLabel("By", { exact: true });
    await by.fill("nobody of this name");
    await main(page).getByRole("button", { name: "Show" }).click();
    await expect(main(page).getByText("There is nobody called nobody of this name.")).toBeVisible();
    await expect(by).toHaveValue("nobody of this name");
    await expect(main(page).locator("select[name=action]")).toHaveValue("session");
    await by.fill("command line");
    await main(page).locator("select[name=action]").selectOption("");
    await main(page).getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/\/audit\?by=0$/);
    await expect(main(page).locator(".name").first()).toHaveText("command line");
  });

  test("entries are downloaded", async ({ page }) => {
    await page.goto("/audit?action=session");
    const download = page.waitForEvent("download");
    await main(page).getByRole("button", { name: "Export CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^rollcall-audit-[\d-]+\.csv$/);
    expect(await readFile(await file.path(), "utf8")).toContain("session.signed_in");
    await page.goto("/audit?action=audit.exported");
    await expect(main(page).locator(".log details").first()).toContainText("exported the audit log");
  });

  test("the log is checked", async ({ page }) => {
    await page.goto("/audit");
    await main(page).getByRole("button", { name: "Verify" }).click();
    await expect(main(page).getByText(/^The log is intact: [\d,]+ entries\.$/)).toBeVisible({ timeout: 20_000 });
  });
});

test("the log is reached from the sidebar of the application", async ({ page, open }) => {
  await open("/users");
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(main(page).getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
});

for (const address of ["/audit", "/audit?q=nowhere-at-all&colour=blue", "/audit?entry=1"]) {
  test(`axe finds nothing on ${address}`, async ({ page }) => {
    await page.goto(address);
    await clean(page);
  });
}
