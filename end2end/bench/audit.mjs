// The audit log with as many entries as there are people: they are written by mass changes of everybody
// who is active. A free text that nothing has is the slowest search: it is looked for as far back as one
// answer goes.

import { ask, get, percentile, print, times } from "./support.mjs";
import { planned, run, send } from "./bulk.mjs";

export async function measure(bench) {
  const everybody = { scope: "matching", query: "tab=active", change: "paying", "value-paying": "yes" };
  const plan = await planned(bench, await send(bench, "/bulk", everybody));
  await run(bench, plan);
  await run(bench, await planned(bench, await send(bench, `${plan}/undo`, {})));
  const newest = Number((await get(bench, "/audit")).text.match(/id="entry-(\d+)"/)?.[1]);
  print("audit_entries", newest);
  const part = `bulk-${plan.split("/").pop()}`;
  const me = (await ask(bench, "/audit?by=bench")).headers.location;
  for (const [name, address] of [
    ["first", "/audit"],
    ["by_actor", me],
    ["by_person", "/audit?person=4711"],
    ["by_action", "/audit?action=user.edited"],
    ["entries_of_part", `/audit?part=${part}`],
    ["middle_of_part", `/audit?part=${part}&before=${Math.floor(newest / 2)}`],
    ["text_rare", "/audit?q=bench%40bench"],
    ["text_absent", "/audit?q=nowhere+at+all"],
  ]) {
    const sorted = await times(bench, Array.from({ length: 20 }, () => address));
    print(`audit_${name}_p50`, percentile(sorted, 0.5), "ms");
    print(`audit_${name}_max`, percentile(sorted, 1), "ms");
  }
}
