// The machine, and what its network stack does with an endpoint that does nothing.

import os from "node:os";

import { USERS, load, print, printLoad } from "./support.mjs";

export async function measure(bench) {
  print("machine_cores", os.availableParallelism(), "cores");
  print("machine_memory", os.totalmem() / 2 ** 30, "GiB");
  print("users", process.env.DATABASE ? "as in the database" : USERS);
  print("start_to_ready", bench.server.readyAfter, "ms");
  printLoad("health", await load(bench, ["/health"]));
}
