// What holds for all pages: unknown addresses, headers, the theme.

import { expect, nobody, test, withAndWithoutScripts } from "../support/fixtures.js";

withAndWithoutScripts(() => {
  test("an unknown address says so, and leads back", async ({ page, guard }) => {
    guard.allow(/status of 404/);
    for (const address of ["/there-is-no-such-page", "/users/12/no", "/pkg/nothing.js"]) {
      const response = await page.goto(address);
      expect(response.status(), address).toBe(404);
    }
    await page.goto("/there-is-no-such-page");
    await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
    await page.getByRole("link", { name: "Go to users" }).click();
    await expect(page).toHaveURL(/\/users$/);
  });

  test("an unknown view says so", async ({ page, guard }) => {
    guard.allow(/status of 404/);
    const response = await page.goto("/views/there-is-no-such-view");
    expect(response.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("It does not exist any more.")).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
    await expect(page).toHaveURL(/\/users$/);
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  });

  test("the first address leads to the users", async ({ page }) => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/users$/);
  });
});

test("pages carry the headers that keep them safe", async ({ page }) => {
  for (const address of ["/users", "/trends", "/sign-in"]) {
    const headers = (await page.goto(address)).headers();
    const policy = new Map(
      headers["content-security-policy"].split("; ").map((directive) => directive.split(/ (.*)/, 2)),
    );
    expect(policy.get("default-src")).toBe("'self'");
    expect(policy.get("script-src")).toMatch(/^'nonce-[\w-]{16,}' 'strict-dynamic' 'wasm-unsafe-eval'$/);
    expect(policy.get("style-src")).not.toMatch(/unsafe/);
    expect(policy.get("frame-ancestors")).toBe("'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["referrer-policy"]).toBeTruthy();
  }
});

test("the theme that was chosen stays", async ({ page, open }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const choose = async (theme) => {
    const button = page.getByRole("group", { name: "Theme" }).getByRole("button", { name: theme });
    if (!(await button.isVisible())) await page.locator("summary", { hasText: "Administrator" }).click();
    await button.click();
  };
  await open("/users");
  const light = await background();
  await choose("Dark");
  await expect.poll(background).not.toBe(light);
  const dark = await background();

  await page.reload();
  expect(await background()).toBe(dark);
  await open("/trends");
  expect(await background()).toBe(dark);

  await choose("System");
  await expect.poll(background).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).toBe(dark);
});

test("page files are compressed and kept for good", async ({ page, request }) => {
  const files = [];
  page.on("response", (response) => {
    if (/\/(pkg|vendor)\//.test(response.url())) files.push(response);
  });
  await page.goto("/users", { waitUntil: "networkidle" });
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const headers = await file.allHeaders();
    expect(headers["cache-control"], file.url()).toMatch(/immutable/);
    expect(headers["content-encoding"], file.url()).toBe("br");
    expect(headers["vary"], file.url()).toMatch(/accept-encoding/i);
  }
  const plain = await request.get(files[0].url(), { headers: { "accept-encoding": "identity" } });
  expect(plain.headers()["content-encoding"]).toBeUndefined();
  expect(plain.ok()).toBe(true);
});

test.describe("without a session", () => {
  test.use(nobody);

  test("nothing of the admin area is shown", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    for (const address of ["/", "/users", "/users?person=1", "/trends", "/views/anything"]) {
      await page.goto(address);
      await expect(page).toHaveURL(/\/sign-in/);
      await expect(page.getByRole("table")).toHaveCount(0);
    }
  });

  test("robots stay out and the favicon is there", async ({ request }) => {
    const robots = await request.get("/robots.txt");
    expect(await robots.text()).toMatch(/Disallow: \//);
    const favicon = await request.get("/favicon.svg");
    expect(favicon.headers()["content-type"]).toMatch(/image\/svg\+xml/);
  });
});
