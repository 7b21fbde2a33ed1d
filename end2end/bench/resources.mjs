// What the server holds: memory at rest and after load, and the files.

import { load, print, rss, size } from "./support.mjs";

export async function measure(bench) {
  print("rss_idle", bench.rssAtStart, "MiB");
  const pages = ["", "role=manager", "q=an", "sort=email", "sort=-budget"].map((query) => `/users?${query}`);
  let wal = 0;
  for (let i = 0; i < 3; i += 1) {
    await load(bench, pages, { seconds: 3 });
    wal = Math.max(wal, size(`${bench.database}-wal`));
  }
  print("rss_after_load", await rss(bench), "MiB");
  print("database_size", size(bench.database) / 2 ** 20, "MiB");
  print("wal_size", wal / 2 ** 20, "MiB");
}
