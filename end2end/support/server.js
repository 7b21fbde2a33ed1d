// The release binary as a child process: fill a database, serve it, stop it.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The binary under test. A debug build finds the page files in target/site. */
export const binary = process.env.ROLLCALL_BINARY ?? path.join(root, "target/release/rollcall");

/** Settings of the person who runs the tests stay out of them. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("ROLLCALL_") && !name.startsWith("LEPTOS_")),
);

/** The administrator that `fill` creates, and as whom tests are signed in. */
export const admin = { username: "admin", email: "admin@example.com", password: "correct horse battery" };

/** Another one, to whom links are sent. */
export const colleague = { username: "colleague", email: "colleague@example.com", password: "battery horse correct" };

/**
 * People with names that are hard to show, as a file to import has them, and what is kept of them:
 * one line without control characters and without signs that turn the direction of what follows.
 */
export const unusual = [
  { written: "אביגיל כהן", kept: "אביגיל כהן", email: "avigail@names.example" },
  { written: "فاطمة الزهراء", kept: "فاطمة الزهراء", email: "fatima@names.example" },
  { written: "𠮷野 🦊", kept: "𠮷野 🦊", email: "yoshino@names.example" },
  { written: "Mission\u202Egpj.exe", kept: "Missiongpj.exe", email: "turned@names.example" },
  { written: "Bell\u0007 Tab\tBed\u0085", kept: "Bell Tab Bed", email: "bell@names.example" },
  { written: `<b>Bobby</b></title> "&amp;" O'Neil</script>`, kept: `<b>Bobby</b></title> "&amp;" O'Neil</script>`, email: "bobby@names.example" },
];

/** A folder that is gone after `remove`. */
export async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "rollcall-test-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a command of the binary to its end and gives its output; rejects when it fails. */
export function rollcall(args, input = "") {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: root, env: environment, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`rollcall ${args.join(" ")} ended with ${code}:\n${output}`)),
    );
    child.stdin.end(input);
  });
}

/** Fills a database with invented people, unusual ones and two administrators. */
export async function fill(database, { users = 300, seed = 7 } = {}) {
  await rollcall(["demo", "--users", String(users), "--seed", String(seed), "--database", database]);
  const lines = unusual.map(({ written, email }) => `"${written.replaceAll('"', '""')}",${email}`);
  await writeFile(`${database}.csv`, ["name,email", ...lines, ""].join("\n"));
  await rollcall(["import", `${database}.csv`, "--database", database]);
  await createAdmin(database, admin);
  await createAdmin(database, colleague);
}

/** Adds an administrator to a database, which may be in use. */
export async function createAdmin(database, { username, email, password }) {
  await rollcall(
    ["admin", "create", "--username", username, "--email", email, "--password-stdin", "--database", database],
    password,
  );
}

/** Serves a database on a free port of the loopback interface, and resolves once it answers. */
export async function serve(database) {
  const begin = performance.now();
  const child = spawn(binary, ["serve", "--addr", "127.0.0.1:0", "--database", database], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = { url: "", database, pid: child.pid, output: "", readyAfter: 0, stop };
  // Interrupted tests leave no server behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((resolve) =>
    child.on("close", (code) => {
      process.off("exit", kill);
      resolve(code);
    }),
  );

  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("is not ready after 30 seconds"), 30_000);
    function fail(why) {
      clearTimeout(timer);
      kill();
      reject(new Error(`rollcall serve ${why}:\n${server.output}`));
    }
    function read(chunk) {
      server.output += chunk;
      const ready = /ready at (http:\/\/[\d.:]+)/.exec(server.output);
      if (!ready || server.url) return;
      clearTimeout(timer);
      server.url = ready[1];
      server.readyAfter = performance.now() - begin;
      resolve();
    }
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", (error) => fail(error.message));
    child.on("close", (code) => fail(`ended with ${code}`));
  });

  /** Asks this very process to end, and makes it end where it does not. */
  async function stop() {
    const timer = setTimeout(kill, 10_000);
    child.kill("SIGTERM");
    const code = await ended;
    clearTimeout(timer);
    return code;
  }

  return server;
}
