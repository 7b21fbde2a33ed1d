// The users page, with scripts and without: the same links and forms lead to the same lists.

import { expect, hydrated, test, withAndWithoutScripts } from "../support/fixtures.js";
import {
  card, chip, column, dialog, figure, heading, ids, ignored, main, number, parameters, sorter, tab,
} from "../support/users.js";

withAndWithoutScripts((scripts) => {
  test("shows tabs, cards and the newest people first", async ({ page, open }) => {
    await open("/users");
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    await expect(page).toHaveTitle(/Rollcall/);
    for (const label of ["Active", "Pending invitations", "Recently deleted", "All"]) {
      await expect(tab(page, label)).toBeVisible();
    }
    for (const label of ["Total", "Licensed", "Unlicensed", "Administrators"]) {
      await expect(card(page, label)).toBeVisible();
    }
    for (const label of ["Invited", "Completed", "Pending", "Completion rate"]) {
      await expect(card(page, label)).toBeVisible();
    }
    await expect(heading(page, "Created")).toHaveAttribute("aria-sort", "descending");
    expect(await ids(page)).toHaveLength(50);
    expect(await figure(card(page, "Licensed")) + (await figure(card(page, "Unlicensed")))).toBe(
      await figure(card(page, "Total")),
    );
  });

  test("has what a tab says that it has", async ({ page, open }) => {
    for (const [label, word] of [["Active", "active"], ["Pending invitations", "pending"], ["Recently deleted", "deleted"], ["All", "all"]]) {
      await open("/users");
      const count = await figure(tab(page, label));
      await tab(page, label).click();
      await expect(tab(page, label)).toHaveAttribute("aria-current", /page|true/);
      if (word !== "active") await expect(page).toHaveURL(new RegExp(`[?&]tab=${word}`));
      await open(`/users?tab=${word}&size=200`);
      const shown = (await ids(page)).length;
      expect(shown).toBe(Math.min(count, 200));
    }
  });

  test("opens from a card the people that the card counts", async ({ page, open }) => {
    await open("/users");
    const count = await figure(card(page, "Administrators"));
    await card(page, "Administrators").click();
    await expect(page).toHaveURL(/[?&]role=administrator/);
    await expect.poll(async () => (await ids(page)).length).toBe(count);
    expect(new Set(await column(page, "Role"))).toEqual(new Set(["Administrator"]));
  });

  test("filters by an option, and shows beside it how many there are", async ({ page, open }) => {
    await open("/users");
    await main(page).getByRole("link", { name: /^Role/ }).first().click();
    await expect(page).toHaveURL(/[?&]dialog=role/);
    const option = dialog(page).getByRole("checkbox", { name: /Manager/ });
    const count = number(await dialog(page).locator("label", { hasText: "Manager" }).innerText());
    await option.check();
    await dialog(page).getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/[?&]role=manager/);
    await expect(chip(page, "Manager")).toBeVisible();
    await expect.poll(async () => (await ids(page)).length).toBe(Math.min(count, 50));
    expect(new Set(await column(page, "Role"))).toEqual(new Set(["Manager"]));

    await chip(page, "Manager").click();
    await expect(page).not.toHaveURL(/role=/);
    await expect(chip(page, "Manager")).toHaveCount(0);
  });

  const filters = [
    ["role=user&role=manager", "Role", /^(User|Manager)$/],
    ["role=administrator", "Role", /^Administrator$/],
    ["status=suspended", "Status", /^Suspended$/],
    ["status=awaiting&status=active", "Status", /^(Awaiting approval|Active)$/],
    ["active=never", "Last active", /^never$/],
    ["registered=12m"],
    ["registered=2024-01-01..2026-03-31"],
    ["licence=licensed"],
    ["licence=unlicensed"],
    ["paying=yes"],
    ["paying=no"],
    ["active=not-90d"],
    ["budget=80"],
    ["tab=all&registered=12m&role=user&licence=licensed"],
  ];
  test("understands every filter in the address", async ({ page, open }) => {
    for (const [query, label, pattern] of filters) {
      await test.step(query, async () => {
        await open(`/users?${query}`);
        const shown = await ids(page);
        expect(shown.length).toBeGreaterThan(0);
        await expect(ignored(page)).toHaveCount(0);
        await expect(main(page).getByRole("link", { name: /^Remove / }).first()).toBeVisible();
        if (label) for (const value of await column(page, label)) expect(value).toMatch(pattern);
      });
    }
  });

  test("sorts by a column, the other way at the second click", async ({ page, open }) => {
    await open("/users");
    await sorter(page, "Username").click();
    await expect(page).toHaveURL(/[?&]sort=username/);
    await expect(heading(page, "Username")).toHaveAttribute("aria-sort", "ascending");
    const written = (values) => values.filter((value) => /^[a-z0-9]/.test(value));
    const upwards = written(await column(page, "Username"));
    expect(upwards.length).toBeGreaterThan(0);
    expect(upwards).toEqual([...upwards].sort());

    await sorter(page, "Username").click();
    await expect(page).toHaveURL(/[?&]sort=-username/);
    await expect(heading(page, "Username")).toHaveAttribute("aria-sort", "descending");
    const downwards = written(await column(page, "Username"));
    expect(downwards).toEqual([...downwards].sort().reverse());
    expect(downwards[0]).not.toBe(upwards[0]);
  });

  test("searches by username, address in any case, and id", async ({ page, open }) => {
    await open("/users?col=name&col=email&col=username&sort=username");
    const [id] = await ids(page);
    const [username] = await column(page, "Username");
    const [email] = await column(page, "E-mail");

    for (const term of [username, email.toUpperCase(), `#${id}`].filter((term) => /\w/.test(term))) {
      await open("/users");
      const box = main(page).getByRole("searchbox", { name: "Search users" });
      await box.fill(term);
      await box.press("Enter");
      await expect.poll(() => parameters(page).get("q")).toBe(term);
      await expect.poll(async () => (await ids(page)).includes(id)).toBe(true);
    }
  });

  test("says when nobody matches, and what the other tabs have", async ({ page, open }) => {
    await open("/users?q=zzzz-no-such-person");
    await expect(main(page)).toContainText("Nobody matches");

    await open("/users?tab=pending&col=name&col=email");
    const [email] = await column(page, "E-mail");
    await open(`/users?q=${encodeURIComponent(email)}`);
    await expect(main(page)).toContainText("Nobody matches");
    const elsewhere = main(page).getByRole("link", { name: /in Pending invitations/ });
    await elsewhere.click();
    await expect(page).toHaveURL(/[?&]tab=pending/);
    await expect.poll(async () => new Set(await column(page, "E-mail"))).toEqual(new Set([email]));
  });

  test("pages through everybody once, forwards and back", async ({ page, open }) => {
    await open("/users?size=100");
    const everybody = await figure(tab(page, "Active"));
    const pages = [await ids(page)];
    const next = main(page).getByRole("link", { name: "Next page" });
    while ((await next.count()) > 0 && (await next.getAttribute("aria-disabled")) !== "true") {
      const before = pages.at(-1)[0];
      await next.click();
      await expect.poll(async () => (await ids(page))[0]).not.toBe(before);
      pages.push(await ids(page));
    }
    const seen = pages.flat();
    expect(seen).toHaveLength(everybody);
    expect(new Set(seen).size).toBe(everybody);

    await main(page).getByRole("link", { name: "Previous page" }).click();
    await expect.poll(() => ids(page)).toEqual(pages.at(-2));
    await main(page).getByRole("link", { name: "First page" }).click();
    await expect.poll(() => ids(page)).toEqual(pages[0]);
    await main(page).getByRole("link", { name: "Last page" }).click();
    await expect(page).toHaveURL(/[?&]page=last/);
    await expect.poll(async () => (await ids(page)).at(-1)).toBe(seen.at(-1));
  });

  test("shows as many rows as asked for", async ({ page, open }) => {
    for (const size of [25, 50, 100, 200]) {
      await open(`/users?tab=all&size=${size}`);
      expect(await ids(page)).toHaveLength(size);
    }
  });

  test("goes back, and shows the same after a reload", async ({ page, open }) => {
    await open("/users");
    const first = await ids(page);
    await sorter(page, "Username").click();
    await expect(heading(page, "Username")).toHaveAttribute("aria-sort", "ascending");
    const sorted = await ids(page);
    await main(page).getByRole("link", { name: "Next page" }).click();
    await expect.poll(() => ids(page)).not.toEqual(sorted);
    const second = await ids(page);

    await page.reload();
    if (scripts) await hydrated(page);
    await expect.poll(() => ids(page)).toEqual(second);
    await page.goBack();
    await expect.poll(() => ids(page)).toEqual(sorted);
    await page.goBack();
    await expect.poll(() => ids(page)).toEqual(first);
    await page.goForward();
    await expect.poll(() => ids(page)).toEqual(sorted);
  });

  test("chooses columns, as part of the address", async ({ page, open }) => {
    await open("/users");
    await main(page).getByRole("link", { name: "Columns" }).click();
    await expect(page).toHaveURL(/[?&]dialog=columns/);
    await dialog(page).getByRole("checkbox", { name: "Username" }).uncheck();
    await dialog(page).getByRole("checkbox", { name: "Phone" }).check();
    await dialog(page).getByRole("button", { name: "Apply" }).click();
    await expect(heading(page, "Phone")).toBeVisible();
    await expect(heading(page, "Username")).toHaveCount(0);
    await expect(page).not.toHaveURL(/dialog=/);
    expect(parameters(page).getAll("col")).toContain("phone");

    await open("/users?col=email&col=name");
    const labels = await main(page).getByRole("columnheader").allInnerTexts();
    const shown = labels.map((label) => label.trim()).filter((label) => /^(E-mail|Person)/.test(label));
    expect(shown.map((label) => label.split("\n")[0].trim())).toEqual(["E-mail", "Person"]);
  });

  test("selects a pasted list, as part of the address", async ({ page, open }) => {
    await open("/users?col=name&col=email");
    const people = await ids(page);
    const emails = (await column(page, "E-mail")).filter((email) => email.includes("@"));
    await open("/users?dialog=paste");
    await dialog(page).getByRole("textbox").fill(`${emails[0]}\n${emails[1]}; #${people.at(-1)}\nnobody@nowhere.example`);
    await dialog(page).getByRole("button", { name: "Find these people" }).click();
    await expect(page).toHaveURL(/[?&]list=/);
    await expect(main(page)).toContainText(/3 active, 0 pending, 0 deleted, 1 unknown/);
    await expect.poll(async () => (await ids(page)).length).toBe(3);
    await expect(main(page)).toContainText("nobody@nowhere.example");
  });

  test("keeps a view under a name and an address of its own", async ({ page, open }) => {
    const name = `Managers ${scripts ? "with" : "without"} scripts`;
    await open("/users?role=manager&sort=username");
    const people = await ids(page);
    await main(page).getByRole("link", { name: /^Save view/ }).click();
    await expect(page).toHaveURL(/[?&]dialog=save-view/);
    await dialog(page).getByLabel("Name", { exact: true }).fill(name);
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await expect(page).toHaveURL(/\/views\/[a-z0-9-]+/);
    await expect.poll(() => ids(page)).toEqual(people);
    await expect(page).toHaveTitle(new RegExp(name));

    const address = new URL(page.url()).pathname;
    await open("/users");
    await page.getByRole("link", { name }).first().click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect.poll(() => ids(page)).toEqual(people);

    await sorter(page, "Created").click();
    await expect(main(page)).toContainText("modified");
  });

  test("opens a person beside the list, at an address of its own", async ({ page, open }) => {
    await open("/users?sort=username");
    const people = await ids(page);
    const link = main(page).locator('tbody a[href*="person="]').first();
    const name = (await link.innerText()).split("\n")[0].trim();
    await link.click();
    await expect(page).toHaveURL(new RegExp(`[?&]person=${people[0]}(&|$)`));
    await expect(page.getByRole("heading", { level: 2, name }).first()).toBeVisible();
    await expect(page).toHaveTitle(/Rollcall/);
    await page.getByRole("link", { name: "Close" }).first().click();
    await expect(page).not.toHaveURL(/person=/);
    await expect.poll(() => ids(page)).toEqual(people);

    await open("/users?person=999999999");
    await expect(page.getByText("This person does not exist, or was deleted for good.")).toBeVisible();
    expect(await ids(page)).toHaveLength(50);
  });

  test("never empties the list for what it does not understand", async ({ page, open }) => {
    const addresses = [
      "/users?colour=blue&role=wizard&sort=shoe-size",
      "/users?tab=pending&status=suspended",
      "/users?size=7&page=not-a-cursor&person=0&dialog=nothing",
      "/users?registered=2026-03-31..2026-01-01&budget=-3",
      `/users?q=${"a".repeat(2_000)}&promo=${"b".repeat(2_000)}&${"c".repeat(2_000)}=${"d".repeat(2_000)}&e=${"f".repeat(2_000)}`,
      "/users?list=never-pasted",
      "/users?size=%00&role=%ff%fe",
    ];
    for (const address of addresses) {
      await test.step(address.slice(0, 80), async () => {
        const response = await open(address);
        expect(response.status()).toBe(200);
        await expect(ignored(page).first()).toBeVisible();
        expect((await ids(page)).length).toBeGreaterThan(0);
      });
    }
  });

  test("starts a cursor of another list from its first page", async ({ page, open }) => {
    await open("/users?size=25");
    await main(page).getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/[?&]page=/);
    const cursor = parameters(page).get("page");
    await open("/users?size=25&sort=username");
    const first = await ids(page);
    await open(`/users?size=25&sort=username&page=${encodeURIComponent(cursor)}`);
    await expect(ignored(page).first()).toBeVisible();
    expect(await ids(page)).toEqual(first);
  });

  test("refreshes without leaving the view", async ({ page, open }) => {
    await open("/users?role=user&sort=username&size=25");
    const people = await ids(page);
    await main(page).getByRole("link", { name: "Refresh" }).or(main(page).getByRole("button", { name: "Refresh" })).click();
    await expect(page).toHaveURL(/role=user.*sort=username.*size=25/);
    await expect.poll(() => ids(page)).toEqual(people);
  });
});

test("a link shows a colleague the same, with scripts and without", async ({ page, open, browser, baseURL, signedIn, guard }) => {
  await open("/users?tab=all&registered=12m&role=user&sort=-chats&col=name&col=email&col=chats&size=25");
  await main(page).getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/[?&]page=/);
  const mine = await view(page);
  expect(mine.ids).toHaveLength(25);

  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL, storageState: signedIn, javaScriptEnabled });
    guard.watch(context);
    const other = await context.newPage();
    await other.goto(page.url());
    if (javaScriptEnabled) await hydrated(other);
    expect(await view(other)).toEqual(mine);
    await context.close();
  }

  async function view(shown) {
    await expect(main(shown).getByRole("link", { name: /^Remove / }).first()).toBeVisible();
    return {
      ids: await ids(shown),
      chats: await column(shown, "Chats"),
      chips: await main(shown).getByRole("link", { name: /^Remove / }).evaluateAll((links) => links.map((link) => link.getAttribute("aria-label") ?? link.textContent.trim())),
      title: await shown.title(),
    };
  }
});

test.describe("every column", () => {
  test.use({ javaScriptEnabled: false });

  test("sorts both ways over all rows", async ({ page }) => {
    const columns = [
      "name", "email", "username", "created", "role", "status", "licence", "budget", "agents", "chats",
      "ai-responses", "imported-pages", "paying", "last-active", "referral", "phone", "personas",
      "sessions", "api-keys", "promo", "origin", "invite-expires", "invites-sent", "deleted",
    ];
    for (const word of columns) {
      for (const [sort, direction] of [[word, "ascending"], [`-${word}`, "descending"]]) {
        await page.goto(`/users?tab=all&size=200&col=name&col=${word === "name" ? "email" : word}&sort=${sort}`);
        await expect(main(page).locator(`th[aria-sort=${direction}]`)).toHaveCount(1);
        expect(await ids(page)).toHaveLength(200);
        await expect(ignored(page)).toHaveCount(0);
      }
    }
  });
});
