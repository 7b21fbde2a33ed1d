// Search: rare, common and absent terms in orders with an index, and terms of one and two letters.

import { call, load, print, printLoad, times, percentile } from "./support.mjs";

const ORDERS = ["-created", "created", "name", "-email", "-last-active", "-budget"];
const TERMS = {
  rare: ["vandenbergh", "quist", "zoltan", "katarzyna", "+4366", "ozturk", "lindqvist", "bjorn", "giuseppe", "nguyen t", "a.rossi", "kowalczyk"],
  common: ["anna", "example", "son", "@", ".ex", "mar", "ber", "mail", "lin", "son.", "ann", "ali"],
  absent: ["qqqq", "xyzzyx", "zzzzzz", "0000000000", "annaxq", "example.q", "marmarmar", "sonsonson", "+99999", "@@", "bergmanx", "9999999"],
};
const SHORT = ["a", "e", "z", "an", "er", "zq", "xq", "+4", "7", "jj", "ß", "王"];

export async function measure(bench) {
  for (const [kind, terms] of Object.entries(TERMS)) await each(bench, `search_${kind}`, addresses(terms, ORDERS));
  await each(bench, "search_short", addresses(SHORT, ORDERS));
  // Asked again, a page comes from memory until something changes.
  const again = await load(bench, addresses(TERMS.common, ORDERS), { connections: 1, seconds: 4 });
  printLoad("search_again", again, ["p50", "p99"]);
  // Orders without an index look at the index of texts, or at that of figures.
  const others = ["-chats", "phone", "-role"].flatMap((sort) => addresses(Object.values(TERMS).flat(), [sort]));
  await each(bench, "search_order_without_index", others);
}

/** Each address once, one after the other. */
async function each(bench, name, all) {
  const sorted = await times(bench, all);
  for (const [share, word] of [[0.5, "p50"], [0.99, "p99"]]) print(`${name}_${word}`, percentile(sorted, share), "ms");
}

function addresses(terms, orders) {
  return terms.flatMap((term) =>
    orders.map((sort) => call("users", new URLSearchParams({ q: term, sort }).toString())),
  );
}
