// The pages of a verifier in Chromium, without any script: a wallet of others' making answers the code on them.
// Usage: verifier_in_browser.mjs ABODE CHROMIUM [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { join } from "node:path";

import { chromium } from "playwright-core";
import { showTo, withVerifier } from "./verifier.mjs";

const [abode, executablePath, pictures] = process.argv.slice(2);
const region = { address: { country: true, region: true } };
const everything = { ...region, family_name: true, given_name: true, birthdate: true, address: { country: true, formatted: true } };
const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const [size, viewport] of Object.entries(sizes))
    await withVerifier(abode, async ({ address, accessKey, holder, strangers }) => {
      const context = await browser.newContext({ viewport, javaScriptEnabled: false });
      const page = await context.newPage();
      const picture = async (name) => {
        const { width } = await page.locator("body").boundingBox();
        assert.ok(width <= viewport.width, `${name} is wider than the screen`);
        if (pictures) await page.screenshot({ path: join(pictures, `${size}-${name}.png`), fullPage: true });
      };
      await page.goto(address);
      await picture("sign-in");
      await page.getByLabel("Access key").fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      assert.match(await page.getByRole("alert").textContent(), /not the access key/);
      await picture("refused");
      await page.getByLabel("Access key").fill(accessKey);
      await page.getByRole("button", { name: "Sign in" }).click();
      await picture("choose");

      const ask = async (query, button) => {
        await page.goto(address);
        await page.getByLabel(query, { exact: true }).check();
        await page.getByRole("button", { name: button }).click();
      };
      /// The link is on no page of the way by QR code: what a phone reads from the picture is what the API would say.
      const linkOf = async () => page.getByRole("link", { name: "Open the wallet" }).getAttribute("href");

      await ask("The address", "Show a QR code");
      assert.ok(await page.getByRole("img", { name: "The request as a QR code" }).isVisible());
      await picture("waiting");

      const outcome = async (name, query, who, frame, changes, title) => {
        await ask(query, "The wallet is on this device");
        if (name === "valid") await picture("waiting-here");
        const answer = await showTo(await linkOf(), who, frame, changes);
        const { redirect_uri: back } = await answer.json();
        await page.goto(back);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), title);
        await picture(name);
      };
      await outcome("valid", "Name, date of birth and address", holder, everything, {}, "Valid");
      assert.match(await page.locator("dl").innerText(), /STEVENSON[\s\S]*1974-08-12[\s\S]*Yerevanyan 4/);
      await outcome("again", "Lives in which region", holder, region, { nonce: "another" }, "Not shown by its holder");
      assert.equal(await page.locator("dl").count(), 0, "nothing of it is shown");
      await outcome("bad", "Lives in which region", strangers, region, {}, "From an issuer you do not trust");
      await page.getByRole("button", { name: "Forget this now" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      assert.ok(await page.getByLabel("Access key").isVisible());
      await context.close();
    });
} finally {
  await browser.close();
}
