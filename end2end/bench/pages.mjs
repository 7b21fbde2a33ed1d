// The users page as HTML with its counts, and its rows as a call: a fixed mix of ten queries at a
// steady rate and flat out.
//
// Counts are kept until people change, so that a mix that repeats has them from memory, as pages
// do that people open again and again. `unrepeated` asks for no page twice (rows, further and
// further into the lists); `unkept` for counts of no query twice, each of which is made afresh.

import { call, get, load, printLoad } from "./support.mjs";

const STEADY = 300;

export async function measure(bench) {
  const mix = await queries(bench);
  const pages = mix.map((query) => `/users?${query}`);
  const calls = mix.map((query) => call("users", query));
  await load(bench, pages, { seconds: 2 });
  printLoad(`pages_${STEADY}`, await load(bench, pages, { rate: STEADY, seconds: 20 }));
  printLoad("pages", await load(bench, pages));
  printLoad("calls", await load(bench, calls));
  const far = await further(bench, mix, 400);
  printLoad("pages_unrepeated", await load(bench, far.map((query) => `/users?${query}`)));
  printLoad("calls_unrepeated", await load(bench, far.map((query) => call("users", query))));
  const fresh = unkept(300);
  printLoad("pages_unkept", await load(bench, fresh, { connections: 2, seconds: 3 }));
  printLoad("trends_page", await load(bench, ["/trends"]));
}

/** First page, filters and orders that people use, with a code and an origin that there are. */
async function queries(bench) {
  const option = async (filter) => {
    const { text } = await get(bench, `/users?dialog=${filter}`);
    const words = [...text.matchAll(new RegExp(`[?&;]${filter}=([^&"]+)`, "g"))].map((match) => match[1]);
    return words.find((word) => word !== "-") ?? "-";
  };
  return [
    "",
    "role=manager",
    "status=active&registered=30d",
    `promo=${await option("promo")}`,
    `origin=${await option("origin")}`,
    "active=never",
    "sort=created",
    "sort=-last-active",
    "sort=email",
    "sort=-budget",
  ];
}

/** Pages behind those of the queries, each one further. */
async function further(bench, mix, count) {
  const found = [];
  let at = mix.map((query) => query);
  while (found.length < count && at.length > 0) {
    const next = [];
    for (const query of at) {
      const { text } = await get(bench, `/users?${query}`);
      const pages = [...text.matchAll(/href="\/users\?([^"]*page=a[^"]*)"/g)].map((match) => match[1].replaceAll("&amp;", "&"));
      if (pages.length > 0) next.push(pages[0]);
    }
    found.push(...next);
    at = next;
  }
  return found;
}

/** Pages with a filter that no other has: so many per cent of the budget, and a role. */
function unkept(count) {
  return Array.from({ length: count }, (_, i) => `/users?budget=${i + 1}&role=user&sort=-budget`);
}
