// A register in test mode, served on a free port for one test.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/// Gives its address and its directory to `use`, and stops it after that. `prepare` comes before it is served, with its
/// directory.
export async function withRegister(abode, use, prepare = () => {}, listen = "localhost:0") {
  const home = mkdtempSync(join(tmpdir(), "abode-web-"));
  const directory = join(home, "register");
  execFileSync(abode, ["init", directory, "--test-mode"], { stdio: "ignore" });
  prepare(directory);
  const server = spawn(abode, ["serve", directory, "--listen", listen], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await use(await address(server), directory);
  } finally {
    const stopped = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await stopped;
    rmSync(home, { recursive: true });
  }
}

async function address(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const greeting = line.match(/http:\/\/localhost:\d+/);
    if (greeting) return greeting[0];
  }
  throw new Error("the register said no address");
}

/// A port that nobody listens on just now, for servers that have to know theirs beforehand.
export async function freePort() {
  const server = createServer().listen(0, "localhost");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
