// Importing people: look at a file, change how it is read, import it, and see what came of it;
// with and without scripts.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect, test } from "../support/fixtures.js";
import { clean } from "../support/axe.js";
import { main } from "../support/users.js";

const sheet = await readFile(fileURLToPath(new URL("../../server/backend/tests/files/libreoffice.xlsx", import.meta.url)));

// Each test imports people of its own, whom no other test meets.
const files = {
  addresses: (mark) => ({
    name: "addresses.txt",
    buffer: Buffer.from([1, 2, 3].map((n) => `p${n}.${mark}@list.example\r\n`).join("")),
  }),
  western: (mark) => ({
    name: "western.csv",
    buffer: Buffer.from(`E-Mail;Name;Telefon\r\nzoe.${mark}@win.example;Zoë Müller;+43 660 1234567\r\nnonsense;Straße;\r\n`, "latin1"),
  }),
};

async function look(page, file) {
  await page.goto("/import");
  await page.getByLabel("File", { exact: true }).setInputFiles({ mimeType: "application/octet-stream", ...file });
  await page.getByRole("button", { name: "Look at the file" }).click();
  await expect(page.getByRole("heading", { level: 1, name: file.name })).toBeVisible();
}

const tally = (page) => main(page).locator(".tally dd");

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });
    const mark = javaScriptEnabled ? "js" : "plain";

    test("a list of addresses without a heading", async ({ page }) => {
      await look(page, files.addresses(mark));
      await expect(tally(page)).toHaveText(["3", "0", "0"]);
      await page.getByRole("button", { name: "Import 3 people" }).click();
      await expect(page.getByRole("heading", { name: "addresses.txt was imported" })).toBeVisible();
      await expect(tally(page)).toHaveText(["3", "0", "0"]);
      await look(page, files.addresses(mark));
      await expect(tally(page)).toHaveText(["0", "3", "0"]);
      await expect(page.getByRole("button", { name: "Nobody new to import" })).toBeDisabled();
      await page.getByRole("button", { name: "Discard" }).click();
      await expect(page.getByRole("heading", { name: "Import people" })).toBeVisible();
    });

    test("semicolons and Windows-1252, with a bad row", async ({ page }) => {
      await look(page, files.western(mark));
      await expect(page.getByLabel("Between cells")).toHaveValue("semicolon");
      await expect(page.getByLabel("Encoding")).toHaveValue("windows-1252");
      await expect(main(page).getByRole("cell", { name: "Zoë Müller" })).toBeVisible();
      // Reading it wrongly shows at once, and so does the way back.
      await page.getByLabel("Encoding").selectOption("utf-8");
      await page.getByRole("button", { name: "Look again" }).click();
      await expect(main(page).getByText("The row is not in UTF-8").first()).toBeVisible();
      await page.getByLabel("Encoding").selectOption("windows-1252");
      await page.getByRole("button", { name: "Look again" }).click();
      // A choice that was not looked at is shown before it is done.
      await page.getByLabel("Telefon").selectOption("-");
      await page.getByRole("button", { name: /^Import/ }).click();
      await expect(page.getByText("The file is read in another way now")).toBeVisible();
      await expect(tally(page)).toHaveText(["1", "0", "1"]);
      await page.getByRole("button", { name: "Import 1 person" }).click();
      await expect(page.getByRole("heading", { name: "western.csv was imported" })).toBeVisible();
      await expect(main(page).getByRole("cell", { name: /^E-mail: Enter an e-mail address/ })).toBeVisible();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download them as CSV" }).click(),
      ]);
      expect(await readFile(await download.path(), "utf8")).toContain("nonsense,Straße");
      await page.getByRole("link", { name: "See pending invitations" }).click();
      await expect(page).toHaveURL(/tab=pending/);
    });

    test("a sheet that LibreOffice saved", async ({ page }) => {
      await look(page, { name: "people.xlsx", buffer: sheet });
      await expect(page.getByLabel("Sheet")).toHaveValue("people");
      await expect(main(page).getByRole("cell", { name: "2024-02-29" })).toBeVisible();
      await page.getByRole("button", { name: /^Import|^Nobody new/ }).waitFor();
      // Whichever of the two tests comes first imports them.
      const start = page.getByRole("button", { name: "Import 3 people" });
      await expect(tally(page)).toHaveText([/^[03]$/, /^[03]$/, "1"]);
      if (await start.isVisible()) {
        await start.click();
        await expect(page.getByRole("heading", { name: "people.xlsx was imported" })).toBeVisible();
        await expect(tally(page)).toHaveText(["3", "0", "1"]);
      }
    });

    test("a list that is pasted, and a file that is none", async ({ page, guard }) => {
      guard.allow(/status of 422/);
      await page.goto("/import");
      await page.getByRole("button", { name: "Look at the file" }).click();
      await expect(page.getByRole("alert").getByText("Choose a file, or paste a list.")).toBeVisible();
      await page.locator("summary", { hasText: "Or paste a list" }).click();
      await page.getByLabel("E-mail addresses or rows").fill(`pasted.${mark}@list.example`);
      await page.getByRole("button", { name: "Look at the file" }).click();
      await expect(tally(page)).toHaveText(["1", "0", "0"]);
    });
  });
}

test("the users page leads there, and the address of an import is its state", async ({ page, open }) => {
  await open("/users");
  await main(page).getByRole("link", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import people" })).toBeVisible();
  await look(page, files.addresses("tab"));
  const address = page.url();
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.goto("about:blank");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "addresses.txt was imported" })).toBeVisible();
});

test.describe("looked at by axe", () => {
  // Colours are measured where they have arrived, not on their way.
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("axe finds nothing", async ({ page, guard }) => {
    guard.allow(/status of 422/);
    await page.goto("/import");
    await page.getByRole("button", { name: "Look at the file" }).click();
    await page.locator("summary", { hasText: "Or paste a list" }).click();
    await clean(page);
    await look(page, files.western("axe"));
    await expect(tally(page)).toHaveText(["1", "0", "1"]);
    await clean(page);
    await page.getByRole("button", { name: "Import 1 person" }).click();
    await expect(page.getByRole("heading", { name: "western.csv was imported" })).toBeVisible();
    await clean(page);
  });
});
