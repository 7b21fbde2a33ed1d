// Exports: the dialog, and the files that come of it.

import { readFile } from "node:fs/promises";

import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { column, main } from "../support/users.js";

const dialog = (page) => page.getByRole("dialog", { name: "Export people" });

/** Chooses in the open dialog and gives the file. */
async function exported(page, people, file) {
  await dialog(page).getByLabel("People").selectOption({ label: people });
  await dialog(page).getByLabel("File").selectOption({ label: file });
  const button = dialog(page).getByRole("button", { name: "Download" });
  const [started] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: started.suggestedFilename(), bytes: await readFile(await started.path()) };
}

/** The cells of a CSV file without quoted line breaks. */
const rows = (bytes) =>
  bytes
    .toString()
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n")
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"'))));

withAndWithoutScripts((scripts) => {
  test("a view is exported as it is shown", async ({ page, open }) => {
    await open("/users?tab=all&q=example&sort=email&col=email&col=name&size=200");
    const emails = await column(page, "E-mail");
    // Who has no name goes by their address, which the screen says once.
    const shown = await main(page).locator("tbody .person :is(b, .visually-hidden)").allInnerTexts();
    const names = shown.map((name) => name.trim());
    await main(page).getByRole("link", { name: "Export", exact: true }).click();
    await expect(page).toHaveURL(/[?&]dialog=export/);
    const { name, bytes } = await exported(page, "This view: its rows, order and columns", "CSV");
    expect(name).toMatch(/^rollcall-users-\d{4}-\d\d-\d\d\.csv$/);
    const [heading, ...people] = rows(bytes);
    expect(heading).toEqual(["E-mail", "Person"]);
    // Every page of the list, of which the first is shown.
    expect(people.length).toBeGreaterThanOrEqual(emails.length);
    expect(people.slice(0, emails.length).map(([email]) => email)).toEqual(emails);
    expect(people.slice(0, names.length).map(([, name]) => name)).toEqual(names);
    // The page is still there, with the dialog over it.
    await expect(dialog(page)).toBeVisible();
    await dialog(page).getByRole("link", { name: "Close" }).click();
    await expect(dialog(page)).toHaveCount(0);
    if (scripts) await expect(main(page).locator("#open-export")).toBeFocused();
  });

  test("everyone is exported with everything, whatever is shown", async ({ page, open }) => {
    await open("/users?q=nobody-by-this-name&dialog=export");
    const json = await exported(page, "Everyone, with all columns", "JSON");
    expect(json.name).toMatch(/\.json$/);
    const people = JSON.parse(json.bytes.toString());
    expect(people.length).toBeGreaterThan(300);
    expect(people.map(({ id }) => id)).toEqual(people.map(({ id }) => id).toSorted((a, b) => a - b));
    expect(people.find(({ email }) => email === "yoshino@names.example").name).toBe("𠮷野 🦊");
    expect(people.every(({ created }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?[+-]\d\d:\d\d$/.test(created))).toBe(true);
  });

  test("a workbook is a file of its own kind", async ({ page, open }) => {
    await open("/users?dialog=export");
    const { name, bytes } = await exported(page, "This view: its rows, order and columns", "Excel (XLSX)");
    expect(name).toMatch(/\.xlsx$/);
    expect(bytes.subarray(0, 4)).toEqual(Buffer.from("PK\u0003\u0004"));
  });
});
