// What a visit of the users page transfers, as Chromium counts it: the bodies as compressed. The
// headers, some 800 bytes each, depend on what stands before the server.

import { expect, hydrated, test } from "../support/fixtures.js";
import { ids } from "../support/users.js";

const FIRST_VISIT = 250_000;
const REPEAT_VISIT = 20_000;

/** Counts what the page transfers from now on, by URL. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const urls = new Map();
  let transfers = [];
  session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  const headers = new Map();
  session.on("Network.responseReceived", ({ requestId, response }) =>
    headers.set(requestId, response.encodedDataLength),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    // What comes from the cache has neither.
    const bytes = Math.max(0, encodedDataLength - (headers.get(requestId) ?? 0));
    transfers.push({ url: urls.get(requestId), bytes });
  });
  return {
    /** What was transferred since the last call. */
    take() {
      const taken = transfers;
      transfers = [];
      return { transfers: taken, bytes: taken.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
  };
}

async function visit(page, address) {
  await page.goto(address, { waitUntil: "networkidle" });
  await hydrated(page);
  await ids(page);
}

test("the script is asked for once, before the module is there", async ({ page }) => {
  await visit(page, "/users");
  const files = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.includes("/pkg/rollcall."))
      .map(({ name, startTime, responseEnd }) => ({ kind: name.split(".").pop(), startTime, responseEnd })),
  );
  expect(files.map(({ kind }) => kind).sort()).toEqual(["css", "js", "wasm"]);
  const [js, wasm] = ["js", "wasm"].map((kind) => files.find((file) => file.kind === kind));
  expect(js.startTime).toBeLessThan(wasm.responseEnd);
});

test("the users page keeps within its size, without charts", async ({ page }) => {
  const measured = await meter(page);

  await visit(page, "/users");
  const first = measured.take();
  const listed = first.transfers.map(({ url, bytes }) => `${bytes} ${url}`).join("\n");
  console.log(`first visit: ${first.bytes} bytes\n${listed}`);
  expect(first.transfers.length).toBeGreaterThan(3);
  expect(listed).not.toMatch(/echarts|\/(split|chunk)_/);
  expect(first.bytes, listed).toBeLessThanOrEqual(FIRST_VISIT);

  await visit(page, "/users");
  const repeat = measured.take();
  const again = repeat.transfers.map(({ url, bytes }) => `${bytes} ${url}`).join("\n");
  console.log(`repeat visit: ${repeat.bytes} bytes\n${again}`);
  expect(repeat.bytes, again).toBeLessThanOrEqual(REPEAT_VISIT);
});
