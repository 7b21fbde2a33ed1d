// Many people at once: ticked, a page of them, or all that match; looked at, changed, and put back; with
// and without scripts.

import { readFile } from "node:fs/promises";

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main } from "../support/users.js";

const bar = (page) => page.locator("#bulk");
const tally = (page) => main(page).locator(".tally dd");
const boxes = (page) => main(page).getByRole("checkbox", { name: /^Select (?!all)/ });

withAndWithoutScripts((scripts) => {
  // Each way has people of its own to change.
  const sort = scripts ? "email" : "-email";

  test("ticked people are changed and put back", async ({ page, open }) => {
    // Without a licence: there is no free seat that it could be put back to.
    await open(`/users?status=active&role=user&licence=unlicensed&size=25&sort=${sort}`);
    await expect(bar(page)).toBeHidden();
    for (const i of [10, 11, 12]) await boxes(page).nth(i).check();
    await expect(bar(page)).toBeVisible();
    await bar(page).getByRole("button", { name: "Suspend…" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Suspend" })).toBeVisible();
    await expect(tally(page)).toHaveText(["3", "0", "0"]);
    await expect(main(page).getByText("Status: Active → Suspended")).toHaveCount(3);
    await page.getByRole("button", { name: "Suspend 3 people" }).click();
    await expect(main(page).getByText("Done").first()).toBeVisible();
    await expect(main(page).getByText("Changed: 3 people.")).toBeVisible();
    await expect(tally(page)).toHaveText(["3", "0", "0"]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download what came of each as CSV" }).click(),
    ]);
    expect((await readFile(await download.path(), "utf8")).match(/,changed,/g)).toHaveLength(3);
    await page.getByRole("button", { name: "Undo…" }).click();
    await expect(main(page).getByText("Status: Suspended → Active")).toHaveCount(3);
    await page.getByRole("button", { name: "Put 3 people back" }).click();
    await expect(main(page).getByText("Done").first()).toBeVisible();
    await expect(tally(page)).toHaveText(["3", "0", "0"]);
    await page.goto("/bulk");
    await expect(main(page).getByRole("row").filter({ hasText: "Suspend" }).first()).toBeVisible();
  });

  test("all that match, with a value to choose", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    await open("/users?role=manager&size=25");
    await boxes(page).first().check();
    const all = bar(page).getByRole("checkbox", { name: /^All [\d,]+ that match/ });
    if ((await all.count()) > 0) await all.check();
    else await main(page).getByRole("checkbox", { name: "Select all on this page" }).check();
    await bar(page).getByRole("button", { name: "Change…" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Change .*people/ })).toBeVisible();
    await page.getByRole("radio", { name: "Limit" }).check();
    await page.getByRole("combobox", { name: "What is limited" }).selectOption("Tokens in a calendar month");
    await page.getByRole("textbox", { name: "At most" }).fill("lots");
    await page.getByRole("button", { name: "Look at what it would do" }).click();
    await expect(main(page).getByText("Enter a number such as 100")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "At most" })).toHaveValue("lots");
    await page.getByRole("textbox", { name: "At most" }).fill("77");
    await page.getByRole("button", { name: "Look at what it would do" }).click();
    await expect(
      page.getByRole("heading", { level: 1, name: "Tokens in a calendar month: 77 at most" }),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: /^Set the limit of/ })).toBeVisible();
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Mass changes" })).toBeVisible();
  });
});

test("all that match are not counted as the few that are ticked", async ({ page, open }) => {
  await open("/users?size=25");
  await boxes(page).first().check();
  await expect(bar(page).locator(".ticked")).toBeVisible();
  await bar(page).getByRole("checkbox", { name: /^All [\d,]+ that match/ }).check();
  await expect(bar(page).locator(".ticked")).toBeHidden();
});

test("all that match are ticked, also those who come while one pages", async ({ page, open }) => {
  await open("/users?size=25&status=active");
  const head = main(page).getByRole("checkbox", { name: "Select all on this page" });
  const all = bar(page).getByRole("checkbox", { name: /^All [\d,]+ that match/ });
  await boxes(page).nth(3).check();
  await all.check();
  await expect(boxes(page).nth(20)).toBeChecked();
  await expect(head).toBeChecked();
  expect(await head.evaluate((box) => box.indeterminate)).toBe(false);
  await main(page).getByRole("link", { name: "Next page" }).click();
  await expect(main(page).locator(".range")).toContainText("26–50");
  await expect(boxes(page).nth(20)).toBeChecked();
  await expect(head).toBeChecked();
  await expect(all).toBeChecked();
  // Whoever is taken out leaves those in sight.
  await boxes(page).nth(20).uncheck();
  await expect(all).not.toBeChecked();
  await expect(boxes(page).nth(19)).toBeChecked();
  // Without all, who was ticked before is again.
  await open("/users?size=25&status=active");
  await boxes(page).nth(3).check();
  await all.check();
  await all.uncheck();
  await expect(boxes(page).nth(3)).toBeChecked();
  await expect(boxes(page).nth(4)).not.toBeChecked();
});

test("the bar offers to suspend whom a row does", async ({ page, open }) => {
  await open("/users?size=25&sort=status&role=user&status=active&status=awaiting");
  const rows = main(page).locator("tbody tr");
  const box = (status) => rows.filter({ hasText: status }).first().getByRole("checkbox");
  const suspend = bar(page).getByRole("button", { name: "Suspend…" });
  await box("Awaiting approval").check();
  await expect(bar(page)).toBeVisible();
  await expect(suspend).toBeHidden();
  await box("Active").check();
  await expect(suspend).toBeVisible();
});

test("an action stands in one place in all rows", async ({ page, open }) => {
  await open("/users?tab=all&size=100");
  for (const act of ['a[href$="/edit"]', '[value="suspend"]', 'a[href$="/delete"]']) {
    const all = main(page).locator(`tbody .acts ${act}`);
    await expect(all.first()).toBeVisible();
    const places = await all.evaluateAll((found) => found.map((one) => Math.round(one.getBoundingClientRect().x)));
    expect(new Set(places).size).toBe(1);
  }
});

test("on a phone, what would become of somebody is in sight", async ({ page, open }) => {
  await open("/users?size=25&status=active&role=user");
  await boxes(page).first().check();
  await bar(page).getByRole("button", { name: "Suspend…" }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const part of [main(page).locator("#came ins").first(), main(page).getByText("Would change").last()]) {
    await expect(part).toBeVisible();
    const { x, width } = await part.boundingBox();
    expect(x + width).toBeLessThanOrEqual(390);
  }
});

test("ticked people are exported, and nobody else", async ({ page, open }) => {
  await open("/users?size=25&sort=email&col=email");
  for (const i of [3, 5]) await boxes(page).nth(i).check();
  await bar(page).getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Download" })).toBeVisible();
  await expect(main(page).locator("tbody tr")).toHaveCount(2);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  expect((await readFile(await download.path(), "utf8")).trim().split("\r\n")).toHaveLength(3);
});

test("ticks stay when a panel is opened, and one box ticks the page", async ({ page, open }) => {
  await open("/users?size=25");
  await boxes(page).nth(2).check();
  await main(page).locator('tbody a[href*="person="]').nth(4).click();
  await expect(page.getByRole("complementary", { name: "Person" }).getByRole("heading", { level: 2 })).toBeVisible();
  await expect(boxes(page).nth(2)).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: "Person" })).toHaveCount(0);
  await expect(boxes(page).nth(2)).toBeChecked();
  await main(page).getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(boxes(page).nth(20)).toBeChecked();
});

test("ticks stay that were there before their script", async ({ page, open }) => {
  let come;
  const wanted = new Promise((resolve) => (come = resolve));
  await page.route("**/deeds.js", async (route) => {
    await wanted;
    await route.continue();
  });
  await open("/users?size=25");
  await boxes(page).nth(2).check();
  await main(page).locator('tbody a[href*="person="]').nth(4).click();
  await expect(page.getByRole("complementary", { name: "Person" }).getByRole("heading", { level: 2 })).toBeVisible();
  come();
  await expect(boxes(page).nth(2)).toBeChecked();
  await expect(boxes(page).nth(1)).not.toBeChecked();
});

test("ticks stay from page to page of a view, and are told", async ({ page, open }) => {
  await open("/users?size=25&status=active&role=user");
  const said = () => bar(page).locator(".ticked").evaluate((span) => getComputedStyle(span, "::before").content);
  const names = [];
  const tick = async (nth) => {
    await boxes(page).nth(nth).check();
    names.push((await boxes(page).nth(nth).getAttribute("aria-label")).replace("Select ", ""));
  };
  await tick(1);
  await tick(2);
  await expect(bar(page).locator("[data-said]")).toBeVisible();
  await main(page).getByRole("link", { name: "Next page" }).click();
  await expect(main(page).locator(".range")).toContainText("26–50");
  await expect(bar(page)).toBeVisible();
  await expect.poll(said).toContain("2 selected, 2 of them on other pages");
  await tick(3);
  await expect.poll(said).toContain("3 selected, 2 of them on other pages");
  await main(page).getByRole("link", { name: "First page" }).click();
  await expect(boxes(page).nth(2)).toBeChecked();
  await expect.poll(said).toContain("3 selected, 1 of them on other pages");
  await bar(page).getByRole("button", { name: "Suspend…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Suspend" })).toBeVisible();
  await expect(main(page).getByText("Status: Active → Suspended")).toHaveCount(3);
  for (const name of names) await expect(main(page).getByText(name).first()).toBeVisible();

  // What else is looked for begins anew, and one button takes all ticks away.
  await open("/users?size=25");
  await boxes(page).nth(1).check();
  await expect(bar(page).locator("[data-said]")).toBeVisible();
  await main(page).getByRole("link", { name: "Next page" }).click();
  await expect.poll(said).toContain("1 selected, 1 of them on other pages");
  await main(page).getByRole("searchbox").fill("a");
  await expect(bar(page)).toBeHidden();
  await boxes(page).nth(1).check();
  await bar(page).getByRole("button", { name: "Clear" }).click();
  await expect(bar(page)).toBeHidden();
  await expect(boxes(page).nth(1)).not.toBeChecked();
});

test("who is taken out of a ticked page is left out", async ({ page, open }) => {
  await open("/users?size=25&status=active&role=user");
  const all = main(page).getByRole("checkbox", { name: "Select all on this page" });
  await all.check();
  await boxes(page).nth(4).uncheck();
  await expect(all).not.toBeChecked();
  await bar(page).getByRole("button", { name: "Suspend…" }).click();
  await expect(page.getByRole("button", { name: "Suspend 24 people" })).toBeVisible();
});

test("the pages of mass changes have nothing for axe", async ({ page, open }) => {
  await open("/users?status=active&role=user&size=25&sort=name");
  await boxes(page).nth(5).check();
  await clean(page);
  await bar(page).getByRole("button", { name: "Change…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Change 1 person" })).toBeVisible();
  await clean(page);
  await page.getByRole("radio", { name: "Suspend" }).check();
  await page.getByRole("button", { name: "Look at what it would do" }).click();
  await expect(page.getByRole("button", { name: "Suspend 1 person" })).toBeVisible();
  await clean(page);
  await page.goto("/bulk");
  await clean(page);
});
