// A register in test mode, served on a free port for one test.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/// One whose settings name the address it is served at: what wallets check.
export async function withRegisterForWallets(abode, use) {
  const listen = `localhost:${await freePort()}`;
  await withRegister(abode, use, (directory) => {
    const settings = join(directory, "abode.toml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("localhost:8080", listen));
  }, listen);
}

/// Somebody who is signed in there and registered in Berlin: a session's token, and `offer` that gets an offer of a proof.
export async function holder(register) {
  const post = async (path, body, token) => {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(register + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const { token } = await post("/api/v1/sessions", { test_person: "anna-eriksson" });
  await post("/api/v1/registrations", { kind: "main", address: { country: "DE", region: "Berlin", lines: ["Sonnenallee 17b"] } }, token);
  return { token, offer: (body) => post("/api/v1/proofs/offers", body, token) };
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
