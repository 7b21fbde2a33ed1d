// The settings: saving them, what is refused, going back to the default, and what they do; with and
// without scripts.

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main } from "../support/users.js";

test.use({ contextOptions: { reducedMotion: "reduce" } });
// They hold for the whole server that the tests share.
test.describe.configure({ mode: "serial" });

const section = (page, name) => main(page).getByRole("region", { name, exact: true });

withAndWithoutScripts((scripts) => {
  test("a setting is saved, told by the audit log, and put back", async ({ page }) => {
    await page.goto("/settings");
    const accounts = section(page, "Accounts");
    await accounts.getByLabel("Keep deleted people for").fill("45");
    await accounts.getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByText("Saved: Accounts.")).toBeVisible();
    await expect(accounts.getByLabel("Keep deleted people for")).toHaveValue("45");
    await expect(accounts).toContainText(/Set by .* on .*Default: 30 days\./);
    await page.goto("/audit?action=settings");
    const entry = main(page).locator(".log details").first();
    await entry.locator("summary").click();
    await expect(entry.getByRole("row", { name: "Keep deleted people for 30 days 45 days" })).toBeVisible();
    await page.goto("/settings");
    await accounts.getByRole("button", { name: /^Back to the default/ }).click();
    await expect(page.getByText("Back to the default: Keep deleted people for.")).toBeVisible();
    await expect(accounts.getByLabel("Keep deleted people for")).toHaveValue("30");
  });

  test("what is wrong is told at the field, and nothing typed is lost", async ({ page, guard }) => {
    guard.allow(/status of 422/);
    await page.goto("/settings");
    const exports = section(page, "Scheduled exports");
    await exports.getByLabel("Every").fill("now and then");
    await exports.getByLabel("Files that stay").fill("7");
    await exports.getByRole("button", { name: /^Save/ }).click();
    const every = exports.getByLabel("Every");
    await expect(every).toHaveAttribute("aria-invalid", "true");
    await expect(every).toHaveValue("now and then");
    await expect(exports.getByLabel("Files that stay")).toHaveValue("7");
    await expect(exports.getByText("'now and then' is no interval.")).toBeVisible();
    await expect(every).toBeFocused();
    if (scripts) await clean(page);
  });
});

test("of two tabs the later one is told", async ({ page, context, guard }) => {
  guard.allow(/status of 422/);
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto("/settings");
  const save = async (tab, value) => {
    await section(tab, "Licences").getByLabel("Seats bought").fill(value);
    await section(tab, "Licences").getByRole("button", { name: /^Save/ }).click();
  };
  await save(page, "5");
  await expect(page.getByText("Saved: Licences.")).toBeVisible();
  await save(other, "6");
  await expect(section(other, "Licences")).toContainText("changed this to “5 seats” meanwhile");
  await save(other, "6");
  await expect(other.getByText("Saved: Licences.")).toBeVisible();
  await section(other, "Licences").getByRole("button", { name: /^Back to the default/ }).click();
});

test("the time zone is that of the trends at once", async ({ page, open }) => {
  await page.goto("/settings");
  await section(page, "Installation").getByLabel("Time zone").selectOption("Asia/Tokyo");
  await section(page, "Installation").getByRole("button", { name: /^Save/ }).click();
  await open("/trends");
  await expect(main(page).getByText("Asia/Tokyo").first()).toBeVisible();
  await page.goto("/settings");
  await section(page, "Installation").getByRole("button", { name: /^Back to the default/ }).click();
});

test("axe finds nothing on the settings", async ({ page }) => {
  await page.goto("/settings");
  await clean(page);
});

test("leaving with something typed is asked about", async ({ page }) => {
  await page.goto("/settings");
  await section(page, "Accounts").getByLabel("Legal age").fill("21");
  const asked = page.waitForEvent("dialog").then((dialog) => dialog.dismiss());
  await Promise.all([asked, page.getByRole("link", { name: "Audit log" }).first().click()]);
  await expect(section(page, "Accounts").getByLabel("Legal age")).toHaveValue("21");
});
