// Letting people in: an invitation from the form to the account, a list of addresses, and passwords
// that are set anew; with and without scripts.

import { clean as withoutFaults } from "../support/axe.js";
import { expect, nobody, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main } from "../support/users.js";

// Colours are measured where they have arrived, not on their way.
test.use({ contextOptions: { reducedMotion: "reduce" } });

async function invite(page, email, name) {
  await page.goto("/users/add");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Add user" }).click();
  await expect(page).toHaveURL(/\/users\?tab=pending$/);
  await expect(page.getByText(`${name} is invited.`)).toBeVisible();
}

/** The link of the newest mail to an address, as an administrator gets it from the outbox. */
async function link(page, email) {
  await page.goto("/outbox");
  await main(page).getByRole("link", { name: email }).first().click();
  await expect(main(page).locator("pre")).toContainText("token=••••");
  await page.getByRole("button", { name: "Show with its link" }).click();
  return page.getByLabel("Link", { exact: true }).inputValue();
}

withAndWithoutScripts((javaScriptEnabled) => {
  const mark = javaScriptEnabled ? "js" : "plain";
  // axe itself is a script.
  const clean = async (page) => javaScriptEnabled && withoutFaults(page);

  test("somebody is invited and accepts", async ({ page, browser, guard }) => {
    guard.allow(/status of (422|410)/);
    const email = `zoe.${mark}@invited.example`;
    await invite(page, email, "Zoë <b>");
    const address = await link(page, email);
    await expect(page.frameLocator("iframe").getByRole("link", { name: "Accept the invitation" })).toBeVisible();

    const context = await browser.newContext({ ...nobody, javaScriptEnabled, reducedMotion: "reduce" });
    guard.watch(context);
    const theirs = await context.newPage();
    await theirs.goto(address);
    await expect(theirs.getByText("admin invites you.")).toBeVisible();
    await expect(theirs.getByLabel("Your name")).toHaveValue("Zoë <b>");
    await clean(theirs);
    await theirs.getByLabel("Username (optional)").fill("!");
    await theirs.getByRole("button", { name: "Accept the invitation" }).click();
    await expect(theirs.getByText("Use 3 to 50 characters")).toBeVisible();
    await expect(theirs.getByLabel("Username (optional)")).toBeFocused();
    await theirs.getByLabel("Username (optional)").fill(`zoe.${mark}`);
    await theirs.getByLabel("Password (optional)").fill("a long password");
    await theirs.getByLabel("Password again").fill("a long password");
    await theirs.getByRole("button", { name: "Accept the invitation" }).click();
    await expect(theirs.getByRole("heading", { name: "Welcome, Zoë <b>" })).toBeVisible();
    await theirs.goto(address);
    await expect(theirs.getByText(`There is an account for ${email} already.`)).toBeVisible();
    await context.close();
  });

  test("an invitation is withdrawn, and its link says so", async ({ page, guard }) => {
    guard.allow(/status of 410/);
    const email = `gone.${mark}@invited.example`;
    await invite(page, email, "Gone");
    const address = await link(page, email);
    await main(page).getByRole("link", { name: "Gone" }).first().click();
    const id = new URL(page.url()).searchParams.get("person");
    await page.goto(`/users/${id}/invitation`);
    await clean(page);
    await page.getByRole("button", { name: "Withdraw the invitation" }).click();
    await expect(page.getByText("The invitation of Gone is withdrawn.")).toBeVisible();
    await page.goto(address);
    await expect(page.getByText("Ask admin to send you another one.")).toBeVisible();
    await clean(page);
  });

  test("a list of addresses", async ({ page }) => {
    await page.goto("/users/add/list");
    await clean(page);
    const list = `Ben <ben.${mark}@list.example>\nadmin@example.com\nnonsense`;
    await page.getByLabel("E-mail addresses").fill(list);
    await page.getByRole("button", { name: "Look at the list" }).click();
    await expect(main(page).getByText("There is an account with this e-mail address already.")).toBeVisible();
    await clean(page);
    await page.getByRole("button", { name: "Change the list" }).click();
    await expect(page.getByLabel("E-mail addresses")).toHaveValue(list);
    await page.getByRole("button", { name: "Look at the list" }).click();
    await page.getByRole("button", { name: "Send 1 invitation" }).click();
    await expect(page.getByText("People who were invited: 1.")).toBeVisible();
  });

  test("an account with a password that has to be changed", async ({ page, browser, guard }) => {
    const email = `mo.${mark}@invited.example`;
    await page.goto("/users/add");
    await clean(page);
    await page.getByLabel("E-mail").fill(email);
    await page.getByText("Set a password").click();
    await page.getByLabel("Password", { exact: true }).fill("the first one");
    await page.getByRole("button", { name: "Add user" }).click();
    await expect(page.getByText(`${email} can sign in now.`)).toBeVisible();

    const context = await browser.newContext({ ...nobody, javaScriptEnabled, reducedMotion: "reduce" });
    guard.watch(context);
    const theirs = await context.newPage();
    await theirs.goto("/sign-in");
    await theirs.getByLabel("Username or e-mail").fill(email);
    await theirs.getByLabel("Password").fill("the first one");
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await expect(theirs.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
    await theirs.getByLabel("New password", { exact: false }).first().fill("the second one");
    await theirs.getByLabel("New password again").fill("the second one");
    await theirs.getByRole("button", { name: "Go on" }).click();
    await expect(theirs.getByRole("heading", { name: `Welcome, ${email}` })).toBeVisible();
    await context.close();
  });
});
