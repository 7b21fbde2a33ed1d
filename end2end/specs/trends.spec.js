// Registration trends: figures, charts in their own chunk, table twins, downloads.

import { readFile } from "node:fs/promises";

import { expect, hydrated, nobody, test, withAndWithoutScripts } from "../support/fixtures.js";
import { ids, ignored, main, number } from "../support/users.js";

/** Chunks of the client and the chart script, as they are asked for. */
function chartRequests(page) {
  const seen = { chunks: [], script: [] };
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (/\/pkg\/(split|chunk)_.*\.wasm$/.test(pathname)) seen.chunks.push(response.status());
    if (/\/vendor\/echarts-/.test(pathname)) seen.script.push(response.status());
  });
  return seen;
}

/** Waits for a chart that has been drawn upon. */
async function drawn(page) {
  const canvas = main(page).locator("canvas").first();
  await expect(canvas).toBeVisible();
  await expect
    .poll(() =>
      canvas.evaluate((element) => {
        const { width, height } = element;
        const pixels = element.getContext("2d").getImageData(0, 0, width, height).data;
        return pixels.some((value) => value !== 0);
      }),
    )
    .toBe(true);
}

test.describe("the chart", () => {
  test("draws on a direct visit and after a reload", async ({ page }) => {
    const seen = chartRequests(page);
    await page.goto("/trends");
    await expect(page.getByRole("heading", { level: 1, name: "Registration trends" })).toBeVisible();
    await drawn(page);
    expect(seen.chunks.length).toBeGreaterThan(0);
    expect(seen.script.length).toBeGreaterThan(0);
    expect([...seen.chunks, ...seen.script].every((status) => status === 200 || status === 304)).toBe(true);

    for (const id of ["referrals", "promo-codes"]) await expect(main(page).locator(`#${id} canvas`)).toBeVisible();

    await page.reload();
    await hydrated(page);
    await drawn(page);
  });

  test("draws when coming from the users, and again after going back and forth", async ({ page, open }) => {
    const seen = chartRequests(page);
    await open("/users");
    expect(seen).toEqual({ chunks: [], script: [] });
    await main(page).getByRole("link", { name: "Registration trends" }).first().click();
    await expect(page).toHaveURL(/\/trends/);
    await drawn(page);
    expect(seen.chunks.length).toBeGreaterThan(0);
    expect(seen.script.length).toBeGreaterThan(0);

    await page.goBack();
    expect(await ids(page)).toHaveLength(50);
    await page.goForward();
    await drawn(page);
  });

  test("is drawn anew for another period and grain", async ({ page, open }) => {
    await open("/trends");
    await drawn(page);
    await main(page).getByRole("link", { name: /^(Last )?30 days$/ }).click();
    await expect(page).toHaveURL(/[?&]period=30d/);
    await drawn(page);
    await main(page).getByRole("link", { name: "Week", exact: true }).click();
    await expect(page).toHaveURL(/[?&]grain=week/);
    await expect(page).toHaveURL(/[?&]period=30d/);
    await drawn(page);
  });

  test("takes the colours of the theme, whoever changes it", async ({ page, open }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open("/trends");
    await drawn(page);
    const ink = () =>
      page.evaluate(() => {
        const chart = globalThis.echarts.getInstanceByDom(document.querySelector("canvas").closest("[role=img]"));
        return chart.getOption().xAxis[0].axisLabel.color;
      });
    const light = await ink();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ink).not.toBe(light);
    await page.locator(".me summary").click();
    await page.getByRole("button", { name: "Light", exact: true }).click();
    await expect.poll(ink).toBe(light);
    await drawn(page);
  });

  test("downloads as CSV and as PNG", async ({ page, open }) => {
    await open("/trends?period=30d");
    await drawn(page);

    const csv = await download(page, /^Download New users as CSV$/);
    expect(csv.name).toMatch(/\.csv$/);
    const lines = csv.bytes.toString().replace(/^\uFEFF/, "").trim().split(/\r?\n/);
    expect(lines[0]).toBe("From,To,New users,Period before,Gone for good");
    expect(lines).toHaveLength(1 + 30);
    const days = lines.slice(1).map((line) => line.split(","));
    for (const cells of days) {
      expect(cells).toHaveLength(5);
      expect(cells[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    const total = number(await main(page).locator(".big").innerText());
    expect(days.reduce((sum, cells) => sum + Number(cells[2]), 0)).toBe(total);

    const codes = await download(page, /^Download Promo codes as CSV$/);
    expect(codes.bytes.toString().trim().split(/\r?\n/).length).toBeGreaterThan(1);

    const png = await download(page, /^Download New users as PNG$/);
    expect(png.name).toMatch(/\.png$/);
    expect(png.bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.bytes.length).toBeGreaterThan(2_000);
  });
});

async function download(page, name) {
  const control = main(page).getByRole("link", { name }).or(main(page).getByRole("button", { name })).first();
  const [started] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: started.suggestedFilename(), bytes: await readFile(await started.path()) };
}

withAndWithoutScripts((scripts) => {
  test("has its figures in tables, whose rows lead to the people that they count", async ({ page, open }) => {
    await open("/trends?period=90d&grain=month");
    const table = await twin(page, "New users", scripts);
    const rows = table.locator("tbody tr", { has: page.locator('a[href*="registered="]') });
    await expect(rows.first()).toBeVisible();

    let followed = 0;
    for (const row of await rows.all()) {
      const cells = await row.locator("th, td").allInnerTexts();
      const count = number(cells[1]);
      const gone = /\d/.test(cells.at(-1)) && cells.length > 4 ? number(cells.at(-1)) : 0;
      if (count === 0 || count > 200) continue;
      const address = await row.locator('a[href*="registered="]').first().getAttribute("href");
      const other = await page.context().newPage();
      await other.goto(`${address}&size=200`);
      if (scripts) await hydrated(other);
      expect(await ids(other)).toHaveLength(count - gone);
      await expect(ignored(other)).toHaveCount(0);
      await other.close();
      followed += 1;
    }
    expect(followed).toBeGreaterThan(0);
  });

  test("counts the same by day, week and month", async ({ page, open }) => {
    const sums = [];
    for (const grain of ["day", "week", "month"]) {
      await open(`/trends?period=90d&grain=${grain}`);
      const table = await twin(page, "New users", scripts);
      const rows = table.locator("tbody tr");
      await expect(rows.first()).toBeVisible();
      const counts = await rows.evaluateAll((found) => found.map((row) => row.cells[1].innerText));
      sums.push(counts.reduce((sum, text) => sum + number(text), 0));
    }
    expect(sums[0]).toBeGreaterThan(0);
    expect(new Set(sums).size).toBe(1);
  });

  test("takes a period by two dates, and says what it does not understand", async ({ page, open }) => {
    await open("/trends?period=2026-01-01..2026-03-31&grain=month");
    await expect(ignored(page)).toHaveCount(0);
    const table = await twin(page, "New users", scripts);
    await expect(table.locator("tbody tr")).toHaveCount(3);

    const response = await open("/trends?period=tomorrow&grain=hour&colour=blue");
    expect(response.status()).toBe(200);
    await expect(ignored(page).first()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Registration trends" })).toBeVisible();
  });
});

/** The table twin of a chart; with scripts it is folded up at first. */
async function twin(page, title, scripts) {
  const card = main(page).getByRole("region", { name: title, exact: true });
  const table = card.locator("table");
  if (scripts) {
    await expect(table).toBeHidden();
    await card.getByText("Table", { exact: true }).click();
  }
  await expect(table).toBeVisible();
  return table;
}

test.describe("without a session", () => {
  test.use(nobody);

  test("asks to sign in first", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    await page.goto("/trends?period=30d");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
