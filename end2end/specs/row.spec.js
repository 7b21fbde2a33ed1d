// What one does in a row, with the keyboard, with a mouse and with a thumb: the budget, and what takes a
// change back. Each test has a person of its own.

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main } from "../support/users.js";

const toast = (page) => page.locator(".toast.done");
const dialog = (page) => page.getByRole("dialog", { name: /^Budget of / });
const row = (page, nth) => main(page).locator("tbody tr").nth(nth);
const budget = (page, nth) => row(page, nth).getByRole("link", { name: / cr$/ });

withAndWithoutScripts((scripts) => {
  test("a budget is changed where it stands, and put back", async ({ page, open }) => {
    const nth = scripts ? 1 : 2;
    await open("/users?status=active&role=user&sort=email&col=name&col=budget&size=25");
    const before = await budget(page, nth).innerText();
    await budget(page, nth).focus();
    await page.keyboard.press("Enter");
    const form = scripts ? dialog(page) : main(page);
    await form.getByLabel("Credits in all").fill("4,321.5");
    if (!scripts) await form.getByLabel("At most").check();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(toast(page)).toContainText("The budget of");
    await expect(budget(page, nth)).toHaveText(/\/ 4,321\.5 cr$/);
    if (scripts) await expect(budget(page, nth)).toBeFocused();
    await toast(page).getByRole("button", { name: "Undo" }).click();
    await expect(budget(page, nth)).toHaveText(before);
    if (scripts) await expect(budget(page, nth)).toBeFocused();
  });

  test("who was suspended is let in again by the button beside the sentence", async ({ page, open }) => {
    await open(`/users?status=active&role=user&sort=${scripts ? "username" : "-username"}&size=25`);
    const button = main(page).getByRole("button", { name: /^Suspend (?!…)./ }).nth(3);
    const label = await button.getAttribute("aria-label");
    const again = main(page).getByRole("button", { name: label, exact: true });
    await button.click();
    await expect(toast(page)).toContainText("is suspended");
    await expect(again).toHaveCount(0);
    if (scripts) await page.keyboard.press("Control+z");
    else await toast(page).getByRole("button", { name: "Undo" }).click();
    await expect(toast(page)).toContainText("is active again");
    await expect(again).toHaveCount(1);
  });
});

test("the keyboard suspends somebody and lets them in again without leaving the place", async ({ page, open }) => {
  await open("/users?role=user&sort=name&size=25");
  const suspend = main(page).getByRole("button", { name: /^Suspend (?!…)./ }).nth(5);
  const name = (await suspend.getAttribute("aria-label")).replace("Suspend ", "");
  await suspend.focus();
  await page.keyboard.press("Enter");
  const reactivate = main(page).getByRole("button", { name: `Reactivate ${name}`, exact: true });
  await expect(reactivate).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(main(page).getByRole("button", { name: `Suspend ${name}`, exact: true })).toBeFocused();
});

test("who leaves the list leaves the focus to whoever comes next", async ({ page, open }) => {
  await open("/users?role=user&status=active&sort=-name&size=25");
  const suspend = main(page).getByRole("button", { name: /^Suspend (?!…)./ }).nth(7);
  const name = (await suspend.getAttribute("aria-label")).replace("Suspend ", "");
  const next = await row(page, 8).locator("th a").first().getAttribute("id");
  await suspend.focus();
  await page.keyboard.press("Enter");
  await expect(main(page).getByRole("button", { name: `Suspend ${name}`, exact: true })).toHaveCount(0);
  await expect(page.locator(`#${next}`)).toBeFocused();
});

test("a budget that is refused is as it was, and what was typed is there", async ({ page, open, guard }) => {
  guard.allow(/status of 422|ERR_FAILED|Failed to fetch/);
  await open("/users?status=active&role=user&sort=-email&col=name&col=budget&size=25");
  const before = await budget(page, 1).innerText();
  await budget(page, 1).click();
  await clean(page);
  await dialog(page).getByLabel("Credits in all").fill("12,50");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toContainText("such as 50 or 12.50");
  const amount = dialog(page).getByLabel("Credits in all");
  await expect(amount).toHaveValue("12,50");
  await expect(amount).toBeFocused();
  // The sentence is the field's, and stands right below it.
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(amount).toHaveAccessibleDescription(/such as 50 or 12\.50/);
  const [field, sentence] = [await amount.boundingBox(), await dialog(page).getByRole("alert").boundingBox()];
  expect(sentence.y - field.y - field.height).toBeLessThan(24);
  await expect(budget(page, 1)).toHaveText(before);
  // Shown before the server has answered, and taken back where it doesn't.
  let fail;
  await page.route("**/budget", (route) => (fail = () => route.abort()));
  await dialog(page).getByLabel("No limit", { exact: true }).check();
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(budget(page, 1)).toHaveText(/^[\d.,]+ cr$/);
  await expect(dialog(page)).toHaveCount(0);
  await fail();
  await expect(toast(page)).toBeVisible();
  await expect(budget(page, 1)).toHaveText(before);
  await expect(budget(page, 1)).toBeFocused();
});

test("Escape closes the small form and leaves the panel open", async ({ page, open }) => {
  await open("/users?col=name&col=budget");
  await main(page).locator('tbody a[href*="person="]').nth(1).click();
  await expect(page.getByRole("complementary", { name: "Person" })).toBeVisible();
  await budget(page, 1).click();
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(budget(page, 1)).toBeFocused();
  await expect(page.getByRole("complementary", { name: "Person" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  withAndWithoutScripts(() => {
    test("what can be done in a row is a tap away", async ({ page, open }) => {
      await open("/users?status=active&role=user&sort=name&size=25");
      const more = row(page, 2).getByRole("button", { name: "Actions" });
      const name = await row(page, 2).locator("[popover]").getAttribute("aria-label");
      // In sight without scrolling sideways.
      expect((await more.boundingBox()).x).toBeLessThan(390 - 40);
      await more.tap();
      for (const action of await row(page, 2).locator("[popover]").locator("a, button").all()) {
        expect((await action.boundingBox()).height).toBeGreaterThanOrEqual(44);
      }
      await row(page, 2).getByRole("button", { name: `Suspend ${name}`, exact: true }).tap();
      await expect(toast(page)).toContainText(`${name} is suspended`);
      await toast(page).getByRole("button", { name: "Undo" }).tap();
      await expect(toast(page)).toContainText(`${name} is active again`);
    });
  });

  test("everything is large enough for a thumb, and the first column leaves room", async ({ page, open }) => {
    await open("/users?tab=all");
    const tick = row(page, 1).getByRole("checkbox");
    const { x, y } = await tick.boundingBox();
    // Beside the box, where a thumb may come down.
    await page.touchscreen.tap(x - 8, y - 8);
    await expect(tick).toBeChecked();
    await main(page).locator(".table").evaluate((table) => (table.scrollLeft = 400));
    const stuck = await row(page, 1).evaluate((tr) =>
      [...tr.cells].filter((cell) => getComputedStyle(cell).position === "sticky").map((cell) => cell.offsetWidth),
    );
    expect(stuck.reduce((sum, width) => sum + width)).toBeLessThanOrEqual(390 / 2 + 4);
  });
});
