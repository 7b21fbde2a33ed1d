// Loads the release server over HTTP and prints what it does, one `name value unit` a line.
//
//   USERS=1000000 SECONDS=5 node main.mjs [AREA…]
//
// An area is a file beside this one that exports `measure(bench)`; add it to the list below. What a
// bench offers is in `support.mjs`. DATABASE names a filled database to use instead of making one.
// The load generator (`load/`) shares the machine with the server. No answer is compressed, unless
// it says so.

import { close, open } from "./support.mjs";

const areas = ["machine", "pages", "queries", "search", "counts", "resources", "browser", "files", "bulk", "audit"];
const wanted = process.argv.slice(2);

const bench = await open();
try {
  for (const area of areas.filter((name) => wanted.length === 0 || wanted.includes(name))) {
    const { measure } = await import(`./${area}.mjs`);
    await measure(bench);
  }
} finally {
  await close(bench);
}
