// Has axe look at a page in light and dark, on a desk and on a phone.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { expect } from "@playwright/test";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Expects that axe finds nothing on the page that is open, whatever it is looked at with. */
export async function clean(page) {
  // Scripts of the test are not bound by the page's policy.
  await page.evaluate(axe);
  for (const [device, viewport] of Object.entries({ desk, phone })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      // Colours that still move are those of no theme.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect.soft(await violations(page), `in ${colorScheme} on a ${device}`).toEqual([]);
    }
  }
}

/** What axe finds, as readable lines. */
function violations(page) {
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
    );
  });
}
