// Pages of the list: how deep and in which order, asked one by one and from
// the database. The best of three, as whatever
// else the machine does only adds to them.

import { call, forget, get, print } from "./support.mjs";

const INDEXED = ["created", "name", "email", "last-active", "budget"];
const OTHERS = [
  "username", "role", "status", "licence", "agents", "chats", "ai-responses", "imported-pages",
  "paying", "referral", "phone", "personas", "sessions", "api-keys", "promo", "origin",
  "invite-expires", "invites-sent", "deleted",
];

export async function measure(bench) {
  const first = await best(bench, "");
  const last = await best(bench, "page=last");
  print("first_page", first, "ms");
  print("last_page", last, "ms");
  print("last_page_to_first", last / first, "times");
  await orders(bench, "order_with_index", INDEXED, ["active", "all"]);
  await orders(bench, "order_without_index", OTHERS, ["active", "all"]);
  // A filter that hardly anybody fits, in an order that has nothing to do with it.
  for (const query of ["role=administrator&sort=name", "budget=900&sort=email", "status=awaiting&sort=-budget"]) {
    print(`rare_filter_${query.replace(/\W+/g, "_")}`, await best(bench, query), "ms");
  }
  // The largest and the smallest group, two of them, and everybody who is in none.
  for (const query of ["group=archive", "group=archive&sort=name", "group=sales&sort=-last-active", "group=sales&group=legal&sort=email", "group=-&sort=-budget"]) {
    print(`group_filter_${query.replace(/\W+/g, "_")}`, await best(bench, query), "ms");
  }
}

async function orders(bench, name, columns, tabs) {
  let worst = { ms: 0, query: "" };
  for (const tab of tabs) {
    for (const column of columns) {
      for (const direction of ["", "-"]) {
        const query = `tab=${tab}&sort=${direction}${column}`;
        const ms = await best(bench, query);
        if (ms > worst.ms) worst = { ms, query };
      }
    }
  }
  print(`${name}_worst`, worst.ms, `ms ${worst.query}`);
}

async function best(bench, query) {
  const all = [];
  for (let i = 0; i < 3; i += 1) {
    await forget(bench);
    all.push((await get(bench, call("users", query))).ms);
  }
  return Math.min(...all);
}
