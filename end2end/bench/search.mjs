// Search: rare, common and absent terms in orders with an index, and terms of one and two letters.

import { call, load, print, printLoad, times, percentile } from "./support.mjs";

const ORDERS = ["-created", "created", "name", "-email", "-last-active", "-budget"];
const TERMS = {
  rare: ["vandenbergh", "quist", "zoltan", "katarzyna", "+4366"],
  common: ["anna", "example", "son", "@", ".ex", "mar"],
  absent: ["qqqq", "xyzzyx", "zzzzzz", "0000000000"],
};
const SHORT = ["a", "e", "z", "an", "er", "zq", "xq", "+4", "7", "jj", "ß", "王"];

export async function measure(bench) {
  for (const [kind, terms] of Object.entries(TERMS)) {
    printLoad(`search_${kind}`, await one(bench, terms, ORDERS), ["p50", "p99"]);
  }
  printLoad("search_short", await one(bench, SHORT, ORDERS), ["p50", "p99"]);
  // Orders without an index look at the index of texts, or at that of figures.
  const others = ["-chats", "phone", "-role"].flatMap((sort) => addresses(Object.values(TERMS).flat(), [sort]));
  const sorted = await times(bench, others);
  print("search_order_without_index_p50", percentile(sorted, 0.5), "ms");
  print("search_order_without_index_max", percentile(sorted, 1), "ms");
}

/** One request after the other. */
async function one(bench, terms, orders) {
  return load(bench, addresses(terms, orders), { connections: 1, seconds: 4 });
}

function addresses(terms, orders) {
  return terms.flatMap((term) =>
    orders.map((sort) => call("users", new URLSearchParams({ q: term, sort }).toString())),
  );
}
