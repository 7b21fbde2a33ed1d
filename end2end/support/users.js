// What a test reads off the users page, and how it works its parts.

import { expect } from "@playwright/test";

/** The page without the sidebar, whose links have names that return in the page. */
export const main = (page) => page.getByRole("main");

/** The names of the people in the table, each of which opens a person. */
const names = (page) => main(page).locator('tbody a[href*="person="]');

/** Waits until the rows are those that the address asks for. */
export async function settled(page) {
  await expect(names(page).first()).toBeVisible();
  await expect(page.locator('#people[aria-busy="true"]')).toHaveCount(0);
}

/** The ids of the people in the table, in order; waits for the table. */
export async function ids(page) {
  await settled(page);
  const links = await names(page).evaluateAll((found) => found.map((link) => link.href));
  return [...new Set(links.map((link) => Number(new URL(link).searchParams.get("person"))))];
}

/** The texts of a column, from top to bottom. */
export async function column(page, heading) {
  await settled(page);
  return main(page)
    .locator("table")
    .first()
    .evaluate((table, wanted) => {
      const cells = [...table.tHead.rows[0].cells];
      const index = cells.findIndex((cell) => cell.innerText.trim().startsWith(wanted));
      if (index < 0) throw new Error(`no column ${wanted} among ${cells.map((cell) => cell.innerText.trim())}`);
      return [...table.tBodies[0].rows].map((row) => row.cells[index].innerText.trim());
    }, heading);
}

/** The heading cell of a column. */
export const heading = (page, label) => main(page).getByRole("columnheader", { name: new RegExp(`^${label}`) });

/** The control in the heading that sorts. */
export const sorter = (page, label) => heading(page, label).locator("a, button").first();

/** A tab of the lists: Active, Pending invitations, Recently deleted, All. */
export const tab = (page, label) =>
  main(page).getByRole("link", { name: new RegExp(`^${label}\\s*[\\d,]*$`) }).first();

/** A card; `Pending` is not the tab of pending invitations. */
export const card = (page, label) =>
  main(page)
    .getByRole("link", { name: new RegExp(`^${label}\\s*[\\d,.–]`) })
    .first();

/** The first number in a text, with or without separators. */
export function number(text) {
  const digits = /\d[\d,]*/.exec(text)?.[0];
  if (!digits) throw new Error(`no number in ${JSON.stringify(text)}`);
  return Number(digits.replaceAll(",", ""));
}

/** The figure that stands on a tab or card. */
export async function figure(link) {
  return number((await link.innerText()).replace(/\s+/g, " "));
}

/** The link that opens a filter. */
export const filter = (page, label) => main(page).getByRole("link", { name: label, exact: true, expanded: false });

/** What an opened filter offers. */
export const popover = (page, label) => main(page).getByRole("group", { name: label, exact: true });

/** One of its options, which is on or off. */
export const option = (place, label) => place.locator("a.option", { hasText: label });

/** The field that searches. */
export const searchbox = (page) => main(page).getByRole("searchbox", { name: "Search users" });

/** The name of the first person in the table, and its link. */
export const firstPerson = (page) => names(page).first();

/** What is open over the list. */
export const dialog = (page) => page.getByRole("dialog");

/** The link of a chip that takes it away. */
export const chip = (page, text) => main(page).getByRole("link", { name: new RegExp(`^Remove .*${text}`) });

/** Chips of what was not understood. */
export const ignored = (page) => main(page).getByText(/^Ignored/);

/** The parameters of the page's address. */
export const parameters = (page) => new URL(page.url()).searchParams;
