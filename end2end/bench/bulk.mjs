// Mass changes over HTTP: planned for everybody who registered within some days, done, and taken back.
// Times are for 10,000 people.

import { ask, print } from "./support.mjs";

/** Days on which some ten thousand of a million people registered. */
const DAYS = process.env.BULK_DAYS ?? "2026-05-01..2026-05-14";
const WHO = { scope: "matching", query: `registered=${DAYS}` };

export async function measure(bench) {
  for (const change of [
    { change: "paying", "value-paying": "yes" },
    { change: "suspend" },
    { change: "delete" },
  ]) {
    const begin = performance.now();
    const plan = await planned(bench, await send(bench, "/bulk", { ...WHO, ...change }));
    const planning = performance.now() - begin;
    const done = await run(bench, plan);
    const undone = await run(bench, await planned(bench, await send(bench, `${plan}/undo`, {})));
    const people = await changed(bench, plan);
    const of10000 = (ms) => (ms / people) * 10_000;
    print(`bulk_${change.change}_people`, people);
    print(`bulk_${change.change}_plan`, of10000(planning), "ms");
    print(`bulk_${change.change}_done`, of10000(done), "ms");
    print(`bulk_${change.change}_undone`, of10000(undone), "ms");
  }
}

/** Sends a form and gives back where it leads. */
export async function send(bench, address, fields) {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    origin: bench.server.url,
    "sec-fetch-site": "same-origin",
  };
  const body = new URLSearchParams(fields).toString();
  const answer = await ask(bench, address, { method: "POST", headers, body });
  if (answer.status !== 303) throw new Error(`${address} answers ${answer.status}`);
  return answer.headers.location;
}

/** Asking all the time would take one of two cores from what is measured. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Waits until it is known what a plan would come to, and gives it back. */
export async function planned(bench, plan) {
  while ((await stateOf(bench, plan)) === "planning") await pause();
  return plan;
}

async function stateOf(bench, plan) {
  const { text } = await ask(bench, plan);
  return text.match(/data-state="(\w+)"/)?.[1];
}

/** Has a plan done, and gives back how long that took. */
export async function run(bench, plan) {
  const begin = performance.now();
  await send(bench, `${plan}/start`, {});
  for (;;) {
    const state = await stateOf(bench, plan);
    if (state === "done") return performance.now() - begin;
    await pause();
    if (state !== "running") throw new Error(`${plan} is ${state}`);
  }
}

/** How many people were changed. */
async function changed(bench, plan) {
  const { text } = await ask(bench, `${plan}/results.csv`);
  return text.split("\r\n").filter((line) => /(^|,)changed(,|$)/i.test(line)).length;
}
