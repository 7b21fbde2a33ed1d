// axe finds nothing on any page, in light and dark, on a desk and on a phone.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { expect, nobody, test } from "../support/fixtures.js";
import { ids, main } from "../support/users.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, as readable lines. Scripts of the test are not bound by the page's policy. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
    );
  });
  return found;
}

const pages = [
  "/users",
  "/users?tab=pending",
  "/users?tab=deleted",
  "/users?tab=all&registered=12m&role=user&paying=yes&colour=blue",
  "/users?q=zzzz-no-such-person",
  "/users?dialog=registered",
  "/users?dialog=role",
  "/users?dialog=promo",
  "/users?dialog=budget",
  "/users?dialog=columns",
  "/users?dialog=paste",
  "/users?dialog=save-view",
  "/trends",
  "/trends?period=2026-01-01..2026-03-31&grain=month",
  "/there-is-no-such-page",
];
const publicPages = ["/sign-in", "/setup?token=no-such-token", "/there-is-no-such-page"];

for (const colorScheme of ["light", "dark"]) {
  for (const [device, viewport] of [["desk", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]]) {
    test.describe(`in ${colorScheme} on a ${device}`, () => {
      // Colours are measured where they have arrived, not on their way.
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });

      for (const address of pages) {
        test(address, async ({ page, open, guard }) => {
          guard.allow(/status of 404/);
          await open(address);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          if (address.startsWith("/trends")) await expect(main(page).locator("canvas").first()).toBeVisible();
          expect(await violations(page)).toEqual([]);
        });
      }

      test("a person", async ({ page, open }) => {
        await open("/users");
        const [id] = await ids(page);
        await open(`/users?person=${id}`);
        await expect(page.getByRole("link", { name: "Close" }).first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      test.describe("without a session", () => {
        test.use(nobody);

        for (const address of publicPages) {
          test(address, async ({ page, guard }) => {
            guard.allow(/status of (401|403|404|409)/);
            await page.goto(address);
            await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
            expect(await violations(page)).toEqual([]);
          });
        }

        test("the set-up", async ({ page, fresh }) => {
          await page.goto(fresh.link);
          await expect(page.getByRole("button", { name: "Create administrator" })).toBeVisible();
          expect(await violations(page)).toEqual([]);
        });
      });
    });
  }
}

test("the keyboard reaches the list and a dialog, and focus returns", async ({ page, open }) => {
  await open("/users");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  const opener = main(page).getByRole("link", { name: "Columns" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect.poll(() => page.evaluate(() => Boolean(document.activeElement?.closest("dialog, [role=dialog]")))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).not.toHaveURL(/dialog=/);
  await expect(opener).toBeFocused();
});
