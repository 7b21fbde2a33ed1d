// Counts: cards and trends, exact totals, and the options of an opened filter. `fresh` is the time
// of the first answer, which is made; until people change, all further ones come from memory.

import { call, load, percentile, print, printLoad, times } from "./support.mjs";

const FILTERS = ["registered", "role", "status", "licence", "promo", "origin", "paying", "active", "budget", "invited", "group"];

export async function measure(bench) {
  const few = { connections: 2, seconds: 3 };
  printLoad("cards", await load(bench, ["/api/users/kpis"], few), ["p50", "p99"]);
  printLoad("trends", await load(bench, [call("trends", "period=90d")], few), ["p50", "p99"]);
  // Days that nobody has asked for yet.
  const spans = Array.from({ length: 20 }, (_, i) => `period=2026-05-${String(i + 1).padStart(2, "0")}..2026-07-29`);
  await fresh("trends_fresh", bench, spans.map((span) => call("trends", span)));
  const totals = [
    "licence=licensed", "role=user&paying=yes", "budget=55", "active=not-30d", "invited=sent", "origin=-",
    "promo=-", "registered=2025-01-01..2025-06-30", "tab=all&registered=12m", "role=manager&status=active",
    "group=-", "group=sales", "group=sales&group=legal&paying=yes",
  ];
  await fresh("totals_fresh", bench, totals.map((query) => call("users/totals", query)));
  const terms = ["an", "e", "example", "anna", "zq", "qqq", "son"];
  await fresh("totals_of_search_fresh", bench, terms.map((term) => call("users/totals", `q=${term}`)));
  for (const scope of ["", "tab=all&role=user&budget=40"]) {
    const name = scope ? "options_of_filtered_fresh" : "options_fresh";
    await fresh(name, bench, FILTERS.map((filter) => call("users/options", scope, `&filter=${filter}`)));
  }
}

async function fresh(name, bench, addresses) {
  const sorted = await times(bench, addresses);
  print(`${name}_p50`, percentile(sorted, 0.5), "ms");
  print(`${name}_max`, percentile(sorted, 1), "ms");
}
