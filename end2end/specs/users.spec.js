// The users page, with scripts and without: the same links and forms lead to the same lists.

import { expect, hydrated, test, withAndWithoutScripts } from "../support/fixtures.js";
import { createAdmin, unusual } from "../support/server.js";
import {
  card, chip, column, dialog, figure, filter, firstPerson, heading, ids, ignored, main, number, option, parameters,
  popover, searchbox, sorter, tab,
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
    let sum = 0;
    await open("/users?size=200");
    for (const [label, word] of [["Active", "active"], ["Pending invitations", "pending"], ["Recently deleted", "deleted"], ["All", "all"]]) {
      // Beside All there is no figure: it holds what spans the others.
      const count = word === "all" ? sum : await figure(tab(page, label));
      sum += count;
      await tab(page, label).click();
      await expect(tab(page, label)).toHaveAttribute("aria-current", /page|true/);
      if (word !== "active") await expect(page).toHaveURL(new RegExp(`[?&]tab=${word}`));
      await expect.poll(async () => (await ids(page)).length).toBe(Math.min(count, 200));
      await expect(main(page).locator(".range")).toContainText(String(count));
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
    await filter(page, "Role").click();
    await expect(page).toHaveURL(/[?&]dialog=role/);
    const place = popover(page, "Role");
    const counts = {};
    for (const role of ["User", "Manager", "Administrator"]) {
      await expect(option(place, role)).toHaveAttribute("aria-current", "false");
      counts[role] = number(await option(place, role).innerText());
    }
    expect(counts.User + counts.Manager + counts.Administrator).toBe(await figure(tab(page, "Active")));

    // The filter stays open, so that more than one can be chosen.
    await option(place, "Manager").click();
    await expect(page).toHaveURL(/[?&]role=manager/);
    await expect(option(place, "Manager")).toHaveAttribute("aria-current", "true");
    await expect.poll(async () => (await ids(page)).length).toBe(Math.min(counts.Manager, 50));
    expect(new Set(await column(page, "Role"))).toEqual(new Set(["Manager"]));
    await option(place, "Administrator").click();
    await expect(option(place, "Administrator")).toHaveAttribute("aria-current", "true");
    await expect.poll(async () => (await ids(page)).length).toBe(Math.min(counts.Manager + counts.Administrator, 50));
    expect(parameters(page).getAll("role").sort()).toEqual(["administrator", "manager"]);
    await option(place, "Manager").click();
    await expect(option(place, "Manager")).toHaveAttribute("aria-current", "false");
    await expect.poll(async () => new Set(await column(page, "Role"))).toEqual(new Set(["Administrator"]));

    await place.getByRole("link", { name: "Close" }).click();
    await expect(place).toHaveCount(0);
    await chip(page, "Role").click();
    await expect(page).not.toHaveURL(/role=/);
    await expect(chip(page, "Role")).toHaveCount(0);
    await expect.poll(async () => (await ids(page)).length).toBe(50);
  });

  test("filters by two dates and by a share of the budget", async ({ page, open }) => {
    await open("/users?sort=username&dialog=registered");
    const dates = popover(page, "Registered");
    await dates.getByLabel("From").fill("2024-01-01");
    await dates.getByLabel("To").fill("2024-12-31");
    await dates.getByRole("button", { name: "Apply" }).click();
    await expect(chip(page, "Registered")).toBeVisible();
    await expect(ignored(page)).toHaveCount(0);
    expect(parameters(page).get("sort")).toBe("username");
    await expect.poll(async () => (await column(page, "Created")).every((day) => day.includes("2024"))).toBe(true);

    await open("/users?dialog=budget&role=user");
    const budget = popover(page, "Budget used");
    await budget.getByLabel(/Over this share/).fill("90");
    await budget.getByRole("button", { name: "Apply" }).click();
    await expect(chip(page, "Budget used")).toBeVisible();
    await expect(chip(page, "Role")).toBeVisible();
    expect(parameters(page).get("budget")).toBe("90");
    for (const text of await column(page, "Budget")) {
      const [used, limit] = text.replaceAll(",", "").match(/[\d.]+/g).map(Number);
      expect(used, text).toBeGreaterThan(limit * 0.9);
    }
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
    // They are read by the same code; without scripts in the server alone.
    for (const [query, label, pattern] of scripts ? filters.slice(0, 6) : filters) {
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
    await open("/users?col=name&col=username");
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
      await searchbox(page).fill(term);
      await searchbox(page).press("Enter");
      await expect.poll(() => parameters(page).get("q")).toBe(term);
      await expect.poll(async () => (await ids(page)).includes(id)).toBe(true);
    }
  });

  test("shows every name unharmed, and finds it", async ({ page, open }) => {
    for (const { kept, email } of unusual) {
      await test.step(email, async () => {
        await open(`/users?tab=all&q=${encodeURIComponent(email)}&col=name&col=email`);
        const link = firstPerson(page);
        await expect(link.locator("b")).toHaveText(kept);
        await expect(link.locator("b")).toHaveAttribute("dir", "auto");
        const [id] = await ids(page);

        await open(`/users?tab=all&q=${encodeURIComponent(kept)}`);
        expect(await ids(page)).toEqual([id]);
        await expect(searchbox(page)).toHaveValue(kept);
        await expect(main(page).locator(".chip b")).toHaveText(kept);

        await firstPerson(page).click();
        const panel = page.getByRole("complementary", { name: "Person" });
        await expect(panel.getByRole("heading", { level: 2 })).toHaveText(kept);
        await expect(panel.getByText(email).first()).toBeVisible();
        await expect(page).toHaveTitle(`${kept} · Rollcall`);
      });
    }
  });

  test("says when nobody matches, and what the other tabs have", async ({ page, open }) => {
    await open("/users?q=zzzz-no-such-person");
    await expect(main(page)).toContainText("Nobody matches");

    await open("/users?tab=pending&col=name&col=email");
    const [email] = await column(page, "E-mail");
    await open(`/users?q=${encodeURIComponent(email)}&col=name&col=email`);
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
    await open("/users?col=name&col=username");
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
    const choice = (label) => option(dialog(page), new RegExp(`^${label}$`));
    await expect(choice("Chats")).toHaveAttribute("aria-current", "true");
    await expect(choice("Phone")).toHaveAttribute("aria-current", "false");
    await choice("Chats").click();
    await expect(choice("Chats")).toHaveAttribute("aria-current", "false");
    await choice("Phone").click();
    await expect(choice("Phone")).toHaveAttribute("aria-current", "true");
    await dialog(page).getByRole("link", { name: "Move Phone up" }).click();
    await expect.poll(() => parameters(page).getAll("col").at(-2)).toBe("phone");
    await dialog(page).getByRole("link", { name: "Close" }).click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/dialog=/);
    await expect(heading(page, "Phone")).toBeVisible();
    await expect(heading(page, "Chats")).toHaveCount(0);

    await main(page).getByRole("link", { name: "Columns" }).click();
    await dialog(page).getByRole("link", { name: "Back to default" }).click();
    await expect.poll(() => parameters(page).getAll("col")).toEqual([]);
    await expect(choice("Chats")).toHaveAttribute("aria-current", "true");

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

  test("keeps a view under a name and an address of its own", async ({ page, open, guard }) => {
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

    await sorter(page, "Role").click();
    await expect(heading(page, "Role")).toHaveAttribute("aria-sort", /ascending|descending/);
    await expect(main(page).getByText("modified")).toBeVisible();
    const modified = await ids(page);
    await main(page).getByRole("link", { name: "Reset" }).click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(main(page).getByText("modified")).toHaveCount(0);
    await expect.poll(() => ids(page)).toEqual(people);

    await sorter(page, "Role").click();
    await expect(main(page).getByText("modified")).toBeVisible();
    await main(page).getByRole("button", { name: "Update" }).click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(main(page).getByText("modified")).toHaveCount(0);
    await expect.poll(() => ids(page)).toEqual(modified);

    if (scripts) await hydrated(page);
    await main(page).getByRole("link", { name: "Save as…" }).click();
    await dialog(page).getByRole("button", { name: "Delete view" }).click();
    await expect(page).toHaveURL(/\/users$/);
    await expect(page.getByRole("link", { name })).toHaveCount(0);
    guard.allow(/status of 404/);
    expect((await page.goto(address)).status()).toBe(404);
  });

  test("says what a view's name lacks", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    await open("/users?role=manager&dialog=save-view");
    await dialog(page).getByLabel("Name", { exact: true }).fill("!!!");
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await expect(dialog(page).getByText("Use at least one letter or digit.")).toBeVisible();
    await expect(page).toHaveURL(/dialog=save-view/);
    expect(parameters(page).get("role")).toBe("manager");
  });

  test("opens a person beside the list, at an address of its own", async ({ page, open }) => {
    await open("/users?sort=username");
    const people = await ids(page);
    const link = main(page).locator('tbody a[href*="person="]').first();
    // Without the initials before it.
    const name = await link.locator("b").innerText();
    await link.click();
    await expect(page).toHaveURL(new RegExp(`[?&]person=${people[0]}(&|$)`));
    await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
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
      `/users?${Array.from({ length: 1_000 }, (_, i) => `p${i}=${i}`).join("&")}`,
      "/users?licence=licensed&licence=unlicensed&status=deleted&paying=maybe",
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
    await main(page).getByRole("link", { name: "Refresh" }).click();
    await expect(page).toHaveURL(/role=user.*sort=username.*size=25/);
    await expect.poll(() => ids(page)).toEqual(people);
  });
});

test("a link shows a colleague the same, with scripts and without", async ({ page, open, browser, baseURL, colleagueSignedIn, guard }) => {
  await open("/users?tab=all&registered=12m&role=user&sort=-chats&col=name&col=email&col=chats&size=25");
  await main(page).getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/[?&]page=/);
  const mine = await view(page);
  expect(mine.ids).toHaveLength(25);

  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL, storageState: colleagueSignedIn, javaScriptEnabled });
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
      "sessions", "api-keys", "promo", "origin", "invite-expires", "invited-by", "invites-sent", "deleted", "groups", "sent",
    ];
    for (const word of columns) {
      for (const [sort, direction] of [[word, "ascending"], [`-${word}`, "descending"]]) {
        await page.goto(`/users?tab=all&size=25&col=name&col=${word === "name" ? "email" : word}&sort=${sort}`);
        const read = await page.evaluate(() => ({
          sorted: [...document.querySelectorAll("th[aria-sort]")].map((th) => th.getAttribute("aria-sort")),
          rows: document.querySelectorAll("tbody tr").length,
          ignored: document.querySelectorAll(".chip.ignored").length,
        }));
        expect(read, sort).toEqual({ sorted: [direction], rows: 25, ignored: 0 });
      }
    }
  });
});

test.describe("while scripts run", () => {
  test("narrows while one types, loses no letter, and goes back", async ({ page, open }) => {
    await open("/users?role=user&col=name&col=email&col=username&sort=username");
    const before = await ids(page);
    const [username] = (await column(page, "Username")).filter((name) => /^[a-z0-9.]{6,}$/.test(name));
    // Slowly enough that searches start in between, and faster than they end.
    for (const [i, letter] of [...username].entries()) {
      await page.keyboard.press(i === 0 ? "/" : "End");
      await expect(searchbox(page)).toBeFocused();
      await searchbox(page).pressSequentially(letter, { delay: i % 3 === 0 ? 130 : 20 });
    }
    await expect(searchbox(page)).toHaveValue(username);
    await expect.poll(() => parameters(page).get("q")).toBe(username);
    await expect.poll(async () => (await column(page, "Username")).includes(username)).toBe(true);
    await expect.poll(async () => (await ids(page)).length).toBeLessThan(before.length);
    const found = await ids(page);
    await expect(chip(page, "Role")).toBeVisible();
    await expect(searchbox(page)).toHaveValue(username);

    // One step back leaves the search, however many letters it took, and the filter stays.
    await page.goBack();
    await expect.poll(() => parameters(page).get("q")).toBe(null);
    await expect(searchbox(page)).toHaveValue("");
    await expect.poll(() => ids(page)).toEqual(before);
    await expect(chip(page, "Role")).toBeVisible();
    await page.goForward();
    await expect(searchbox(page)).toHaveValue(username);
    await expect.poll(() => ids(page)).toEqual(found);
    await page.reload();
    await expect(searchbox(page)).toHaveValue(username);
    expect(await ids(page)).toEqual(found);
  });

  test("goes back through filters", async ({ page, open }) => {
    await open("/users?dialog=role");
    const everybody = await ids(page);
    await option(popover(page, "Role"), "Manager").click();
    await expect.poll(async () => new Set(await column(page, "Role"))).toEqual(new Set(["Manager"]));
    await option(popover(page, "Role"), "Administrator").click();
    await expect.poll(async () => new Set(await column(page, "Role"))).toEqual(new Set(["Administrator", "Manager"]));
    await page.goBack();
    await expect.poll(async () => new Set(await column(page, "Role"))).toEqual(new Set(["Manager"]));
    await expect(option(popover(page, "Role"), "Administrator")).toHaveAttribute("aria-current", "false");
    await page.goBack();
    await expect.poll(() => ids(page)).toEqual(everybody);
    await expect(chip(page, "Role")).toHaveCount(0);
    await page.goForward();
    await expect(chip(page, "Role")).toBeVisible();
    await expect.poll(async () => new Set(await column(page, "Role"))).toEqual(new Set(["Manager"]));
  });

  for (const name of ["Columns", "Paste a list", "Save view"]) {
    test(`Escape closes ${name}, and the focus returns`, async ({ page, open }) => {
      await open("/users?role=user");
      const opener = main(page).getByRole("link", { name, exact: true });
      for (const leave of [() => page.keyboard.press("Escape"), () => dialog(page).getByRole("link", { name: "Close" }).click()]) {
        await opener.focus();
        await page.keyboard.press("Enter");
        await expect(dialog(page)).toBeVisible();
        await expect.poll(() => page.evaluate(() => Boolean(document.activeElement.closest("dialog")))).toBe(true);
        await leave();
        await expect(dialog(page)).toHaveCount(0);
        await expect(page).toHaveURL(/\/users\?role=user$/);
        await expect(opener).toBeFocused();
      }
    });
  }

  test("Escape closes a filter, and the focus returns", async ({ page, open }) => {
    await open("/users");
    await filter(page, "Role").focus();
    await page.keyboard.press("Enter");
    await expect(popover(page, "Role")).toBeVisible();
    await option(popover(page, "Role"), "Manager").focus();
    await page.keyboard.press("Enter");
    await expect(option(popover(page, "Role"), "Manager")).toHaveAttribute("aria-current", "true");
    await expect(option(popover(page, "Role"), "Manager")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(popover(page, "Role")).toHaveCount(0);
    await expect(page).toHaveURL(/\/users\?role=manager$/);
    await expect(filter(page, "Role")).toBeFocused();
  });

  for (const [way, opens] of [["a key", (link) => link.press("Enter")], ["a click", (link) => link.click()]]) {
    test(`a person opened by ${way} has the focus, and Escape gives it back`, async ({ page, open }) => {
      await open("/users");
      const panel = page.getByRole("complementary", { name: "Person" });
      const name = panel.getByRole("heading", { level: 2 });
      for (const nth of [0, 3]) {
        const link = main(page).locator('tbody a[href*="person="]').nth(nth);
        await opens(link);
        await expect(name).toHaveText((await link.locator("b").innerText()).trim());
        await expect(name).toBeFocused();
        await page.keyboard.press("Tab");
        await expect(panel.getByRole("link", { name: "Edit" })).toBeFocused();
        await page.keyboard.press("Escape");
        await expect(panel).toHaveCount(0);
        await expect(page).toHaveURL(/\/users$/);
        await expect(link).toBeFocused();
      }
    });
  }

  test("the focus follows from one person to the next, and back", async ({ page, open }) => {
    await open("/users");
    const links = main(page).locator('tbody a[href*="person="]');
    const name = page.getByRole("complementary", { name: "Person" }).getByRole("heading", { level: 2 });
    const names = [];
    for (const nth of [1, 2]) {
      names.push((await links.nth(nth).locator("b").innerText()).trim());
      await links.nth(nth).click();
      await expect(name).toHaveText(names.at(-1));
      await expect(name).toBeFocused();
    }
    await page.goBack();
    await expect(name).toHaveText(names[0]);
    await expect(name).toBeFocused();
    await name.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(name).toHaveCount(0);
    await expect(links.nth(1)).toBeFocused();
  });

  test("whoever comes to a person's address begins where every page begins", async ({ page, open }) => {
    await open("/users");
    const address = await firstPerson(page).getAttribute("href");
    await open(address);
    const panel = page.getByRole("complementary", { name: "Person" });
    await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    // The panel lies over the content, and comes first in it.
    await page.keyboard.press("Tab");
    await expect(panel.getByRole("link", { name: "Close" })).toBeFocused();
  });

  test("all columns of a list stand beside one another on a common screen", async ({ page, open }) => {
    for (const width of [1440, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const tab of ["active", "pending", "deleted", "all"]) {
        await open(`/users?tab=${tab}`);
        const over = await main(page).locator(".table").evaluate((table) => table.scrollWidth - table.clientWidth);
        if (width === 1440) expect(over, tab).toBe(0);
        // What goes on beyond the edge has a shadow before it.
        const shadow = await main(page)
          .locator("tbody .acts")
          .first()
          .evaluate((cell) => Number(getComputedStyle(cell, "::after").opacity));
        expect(shadow > 0, `${tab} at ${width}`).toBe(over > 0);
      }
    }
  });

  test("copies a referral link, and says so", async ({ page, open, context, baseURL }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("/users?col=name&col=referral&sort=-referral");
    const link = main(page).getByRole("link", { name: /^Copy referral link of / }).first();
    const address = await link.getAttribute("href");
    await link.click();
    await expect(page.getByText("Copied")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(baseURL + address);
    await expect(page).toHaveURL(/\/users\?/);
  });

  test("tells that the list has changed, and loads it again", async ({ page, open, server }) => {
    await open("/users?col=name&col=username&size=25");
    const before = await ids(page);
    const look = () => page.evaluate(() => dispatchEvent(new Event("focus")));
    await createAdmin(server.database, { username: "latecomer", email: "late@example.com", password: "late but not too late" });
    await look();
    const notice = main(page).getByText("The list has changed since it was loaded.");
    await expect(notice).toBeVisible();
    expect(await ids(page)).toEqual(before);
    await main(page).getByRole("button", { name: "Refresh" }).click();
    await expect.poll(async () => (await column(page, "Username"))[0]).toBe("latecomer");
    await expect(notice).toHaveCount(0);
  });
});
