// Passkeys end to end, a person's and an official's: Chromium with its own authenticator makes one, signs in with it, and
// is told what goes wrong.
// What it sends, @simplewebauthn/server has to find as right as we do.
// Usage: node passkeys_in_browser.mjs ABODE CHROMIUM [FOLDER_FOR_PICTURES]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { chromium } from "playwright-core";

import { withRegister } from "./register.mjs";

const [abode, executablePath, pictures] = process.argv.slice(2);
const patience = { timeout: 20_000 };

/// A phone: it keeps its passkeys, and asks for a finger.
async function giveAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verifiesItsPerson: (isUserVerified) =>
      devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    passkeys: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

/// What the page sends, and the options it is given, by path; and that it asks nobody else. The options are read on their
/// way to the page: once it has gone on to another, nobody could.
async function listenIn(page, origin) {
  const heard = new Map();
  page.on("request", (request) => {
    assert.equal(new URL(request.url()).origin, origin);
    if (request.method() === "POST" && request.url().includes("/api/"))
      heard.set(new URL(request.url()).pathname, request.postDataJSON());
  });
  await page.route("**/*options", async (route) => {
    const response = await route.fetch();
    heard.set(new URL(route.request().url()).pathname, await response.json());
    await route.fulfill({ response });
  });
  page.on("pageerror", (failure) => assert.fail(failure));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) assert.fail(message.text());
  });
  return heard;
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

async function signInAsSpecimen(page, origin) {
  await page.goto(origin);
  await page.getByRole("button", { name: "Anna Maria Eriksson" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor(patience);
}

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).waitFor(patience);
}

async function addPasskey(page, origin, name) {
  await page.goto(`${origin}/account`);
  await page.getByLabel("Name of the new passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey on this device" }).click();
}

/// The same answers, judged by code that is not ours.
async function othersAgree(heard, origin) {
  const made = await verifyRegistrationResponse({
    response: heard.get("/api/v1/passkeys").credential,
    expectedChallenge: heard.get("/api/v1/passkeys/options").options.challenge,
    expectedOrigin: origin,
    expectedRPID: "localhost",
    requireUserVerification: true,
  });
  assert.ok(made.verified);
  const used = await verifyAuthenticationResponse({
    response: heard.get("/api/v1/sessions").passkey,
    expectedChallenge: heard.get("/api/v1/sessions/passkey-options").options.challenge,
    expectedOrigin: origin,
    expectedRPID: "localhost",
    credential: made.registrationInfo.credential,
    requireUserVerification: true,
  });
  assert.ok(used.verified);
}

async function story(browser, origin) {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const device = await giveAuthenticator(page);
  const heard = await listenIn(page, origin);

  await signInAsSpecimen(page, origin);
  await addPasskey(page, origin, "Annas Handy");
  await page.getByRole("heading", { name: "Annas Handy" }).waitFor(patience);
  await picture(page, "account");
  assert.equal((await device.passkeys()).length, 1);
  assert.equal((await device.passkeys())[0].isResidentCredential, true, "it needs no name to be typed");

  await signOut(page);
  await picture(page, "start");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`${origin}/home`, patience);
  assert.match(await page.textContent("main"), /Eriksson/i);
  await page.goto(`${origin}/history`);
  assert.match(await page.textContent("main"), /A passkey of yours was used to sign in/);
  await othersAgree(heard, origin);

  // A device that has one makes no second, and says so.
  await addPasskey(page, origin, "Once more");
  await page.getByText("This device has a passkey of yours already.").waitFor(patience);
  assert.equal((await device.passkeys()).length, 1);

  // Wrong input: no name.
  await addPasskey(page, origin, "   ");
  await page.getByRole("alert").filter({ hasText: "name" }).waitFor(patience);
  await picture(page, "no-name");

  // Nobody who only holds the phone.
  await signOut(page);
  await device.verifiesItsPerson(false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("No passkey was used").waitFor(patience);
  assert.equal(new URL(page.url()).pathname, "/");
  await picture(page, "refused");
  await device.verifiesItsPerson(true);

  // A passkey that is gone from the register.
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`${origin}/home`, patience);
  await page.goto(`${origin}/account`);
  await page.getByRole("button", { name: "Make a sheet" }).click();
  await page.goto(`${origin}/account`);
  await page.getByRole("button", { name: /^Remove it/ }).click();
  await page.getByRole("heading", { name: "Annas Handy" }).waitFor({ state: "detached", ...patience });
  await signOut(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("This passkey does not let you in.").waitFor(patience);
}

/// Somebody who takes long over a form signs in in the middle of it, and loses nothing.
async function stepUp(browser, origin, directory) {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await giveAuthenticator(page);
  await listenIn(page, origin);
  await page.goto(origin);
  await page.getByRole("button", { name: "Peter John Stevenson" }).click();
  await addPasskey(page, origin, "Peters Handy");
  await page.getByRole("heading", { name: "Peters Handy" }).waitFor(patience);
  await page.goto(`${origin}/register`);
  await page.getByLabel("Country").fill("DE");
  await page.getByLabel("Address", { exact: true }).fill("Invalidenstr. 1\n10115 Berlin");
  await page.getByRole("button", { name: "Register this address" }).click();
  await page.waitForURL(/receipts/, patience);

  execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(directory, "abode.db"), "UPDATE session SET begun_at = begun_at - 3600"]);
  await page.goto(`${origin}/home`);
  await page.getByRole("link", { name: /moved/i }).first().click();
  await page.getByRole("heading", { name: "Sign in once more first" }).waitFor(patience);
  await page.getByLabel("Address", { exact: true }).fill("Sonnenallee 2\n12045 Berlin");
  await page.getByRole("button", { name: "Register the move" }).click();
  await page.getByText("You signed in more than 15 minutes ago.").first().waitFor(patience);
  await picture(page, "step-up");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("Signed in. You can send the form now.").waitFor(patience);
  assert.equal(await page.getByLabel("Address", { exact: true }).inputValue(), "Sonnenallee 2\n12045 Berlin");
  await page.getByRole("button", { name: "Register the move" }).click();
  await page.waitForURL(/receipts/, patience);
  await leaveQuickly(page, origin);
}

/// The page is gone, its place in the history as well, and going back shows nothing.
async function leaveQuickly(page, origin) {
  await page.goto(`${origin}/home`);
  await page.goto(`${origin}/history`);
  await picture(page, "history");
  for (let i = 0; i < 3; ++i) await page.keyboard.press("Shift");
  await page.waitForURL(`${origin}/leave`, patience);
  assert.equal((await page.textContent("body")).trim(), "");
  assert.equal(await page.title(), "New tab");
  await page.goBack();
  assert.doesNotMatch(await page.textContent("body"), /Stevenson/i);
  assert.notEqual(new URL(page.url()).pathname, "/history");
}

/// From the operator's file to an opening: the invitation lets in once, for a passkey; the passkey lets in from then on.
// A supervisor approves what the operator proposed.
async function approveRole(browser, origin) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  await page.getByRole("button", { name: /Kim Supervisor/ }).click();
  await page.getByRole("link", { name: "Roles" }).click();
  await page.getByText("Proposed by the operator").waitFor(patience);
  await picture(page, "staff-roles");
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByText("No role waits for its approval.").waitFor(patience);
  await page.context().close();
}

async function officialsStory(browser, origin, invitation) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const device = await giveAuthenticator(page);
  const heard = await listenIn(page, origin);
  const accept = async () => {
    await page.goto(origin);
    await page.getByText("For officials", { exact: true }).click();
    await page.getByLabel("Invitation").fill(invitation);
    await page.getByRole("button", { name: "Use the invitation" }).click();
  };

  await accept();
  await page.waitForURL(`${origin}/staff/passkeys`, patience);
  await picture(page, "staff-invited");
  await page.goto(`${origin}/staff`);
  await page.getByText("An invitation only lets you add a passkey.").waitFor(patience);

  // Wrong input: no name.
  await page.goto(`${origin}/staff/passkeys`);
  await page.getByLabel("Name of the new passkey").fill("  ");
  await page.getByRole("button", { name: "Add a passkey on this device" }).click();
  await page.getByRole("alert").filter({ hasText: "name" }).waitFor(patience);

  await page.getByLabel("Name of the new passkey").fill("Key at the counter");
  await page.getByRole("button", { name: "Add a passkey on this device" }).click();
  await page.waitForURL((url) => url.pathname === "/", patience);
  assert.equal((await device.passkeys()).length, 1);
  assert.ok(heard.has("/api/v1/staff/passkeys"));
  await page.goto(`${origin}/staff`);
  await page.getByText("Sign in on the start page").waitFor(patience);

  const usePasskey = async () => {
    await page.goto(origin);
    await page.getByText("For officials", { exact: true }).click();
    await page.getByRole("button", { name: "Use an official's passkey" }).click();
    await page.waitForURL(`${origin}/staff`, patience);
  };
  await usePasskey();
  await page.getByText("You have no role yet").waitFor(patience);
  await picture(page, "staff-without-a-role");
  await approveRole(browser, origin);
  await page.reload();
  await page.getByRole("heading", { name: "Open one record" }).waitFor(patience);
  await page.goto(`${origin}/staff/passkeys`);
  await page.getByRole("heading", { name: "Key at the counter" }).waitFor(patience);
  await picture(page, "staff-passkeys");
  await page.getByRole("button", { name: /^Remove it/ }).click();
  await page.getByText("Nothing else would let you in.").first().waitFor(patience);
  await signOut(page);

  // An opening, with a code from the person.
  const anna = await (await browser.newContext()).newPage();
  await signInAsSpecimen(anna, origin);
  await anna.goto(`${origin}/codes`);
  for (const box of await anna.getByRole("checkbox").all()) await box.check();
  await anna.getByRole("button", { name: /code/i }).first().click();
  const code = (await anna.textContent("main")).match(/[0-9A-Z]{5}-[0-9A-Z]{5}/)[0];

  await usePasskey();
  await page.getByLabel("Opening code").fill(code);
  await page.getByLabel("What for").selectOption({ index: 1 });
  await page.getByLabel("Your file reference").fill("42/26");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Open the record" }).click();
  await page.getByRole("heading", { name: "The record" }).waitFor(patience);
  await picture(page, "staff-opened");
  await anna.goto(`${origin}/history`);
  assert.match(await anna.textContent("main"), /clerk-7/);

  // The invitation is good once, and an official's passkey is no person's.
  await signOut(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("This passkey does not let you in.").waitFor(patience);
  await accept();
  await page.getByText("This invitation does not let you in.").first().waitFor(patience);
}

async function withoutScripts(browser, origin) {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await signInAsSpecimen(page, origin);
  await page.goto(`${origin}/account`);
  assert.equal(await page.getByRole("button", { name: "Add a passkey on this device" }).isVisible(), false);
  assert.ok(await page.getByText("This browser has no passkeys, or runs no scripts.").isVisible());
}

// With the cache that "back" shows pages from, as people have it.
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox"],
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
});
try {
  let invitation;
  const invite = (directory) => {
    const out = join(directory, "invitation");
    const account = ["--official", "clerk-7", "--name", "Kim Clerk", "--office", "civic-office", "--role", "clerk"];
    execFileSync(abode, ["invite", directory, ...account, "--out", out], { stdio: "ignore" });
    invitation = readFileSync(out, "utf8");
  };
  await withRegister(abode, async (origin, directory) => {
    await story(browser, origin);
    await stepUp(browser, origin, directory);
    await officialsStory(browser, origin, invitation);
    await withoutScripts(browser, origin);
  }, invite);
} finally {
  await browser.close();
}
