// A wallet of others' making (@openid4vc) takes proofs from a register of ours, and what it gets is verified by
// `abode verify` and by @sd-jwt. Usage: wallet_peer.mjs ABODE
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, randomBytes, createPublicKey, verify as verifySignature } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientAuthenticationAnonymous, clientAuthenticationNone, setGlobalConfig } from "@openid4vc/oauth2";
import { Openid4vciClient } from "@openid4vc/openid4vci";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import * as jose from "jose";
import { holder, withRegisterForWallets } from "./register.mjs";

const abode = process.argv[2];
setGlobalConfig({ allowInsecureUrls: true });

/// Keys of a wallet, by what their public halves are.
const keys = new Map();
async function newKey() {
  const { publicKey, privateKey } = await jose.generateKeyPair("ES256");
  const { kty, crv, x, y } = await jose.exportJWK(publicKey);
  keys.set(x, privateKey);
  return { method: "jwk", alg: "ES256", publicJwk: { kty, crv, x, y } };
}

const walletNamed = (clientAuthentication) => new Openid4vciClient({
  callbacks: {
    hash: (data, algorithm) => createHash(algorithm.replaceAll("-", "").toLowerCase()).update(data).digest(),
    generateRandom: (size) => randomBytes(size),
    signJwt: async (signer, { header, payload }) => ({
      jwt: await new jose.CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader(header).sign(keys.get(signer.publicJwk.x)),
      signerJwk: signer.publicJwk,
    }),
    clientAuthentication,
  },
});
const client = walletNamed(clientAuthenticationAnonymous());
const clientId = "A wallet of others";
const asking = walletNamed(clientAuthenticationNone({ clientId }));

/// From the link to the proofs, as the library does it.
async function take(link, txCode, copies) {
  const credentialOffer = await client.resolveCredentialOffer(link);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const dpop = { signer: await newKey() };
  const access = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode, dpop });
  return collect(client, issuerMetadata, access, credentialOffer.credential_configuration_ids[0], copies);
}

/// As a wallet that begins by itself: it pushes what it wants, sends its holder's browser to the register, and gets the
/// code back by it.
async function ask(register, holderToken, decision, copies) {
  const issuerMetadata = await asking.resolveIssuerMetadata(register);
  const credentialOffer = { credential_issuer: register, credential_configuration_ids: ["residence"], grants: { authorization_code: {} } };
  const redirectUri = "org.example.wallet:/back";
  const begun = await asking.createAuthorizationRequestUrlFromOffer({
    credentialOffer, issuerMetadata, clientId, redirectUri, scope: "residence", dpop: { signer: await newKey() },
  });
  const url = new URL(begun.authorizationRequestUrl);
  assert.deepEqual([...url.searchParams.keys()].sort(), ["client_id", "request_uri"], "the request is pushed");
  const headers = { Authorization: `Bearer ${holderToken}` };
  const page = await fetch(url, { headers });
  assert.equal(page.status, 200);
  assert.match(await page.text(), /A wallet of others/);
  const answer = await fetch(register + url.pathname, {
    method: "POST", redirect: "manual", headers, body: new URLSearchParams([...url.searchParams, ["decision", decision]]),
  });
  assert.equal(answer.status, 303);
  const [authorizationServerMetadata] = issuerMetadata.authorizationServers;
  const response = asking.parseAndVerifyAuthorizationResponseRedirectUrl({ url: answer.headers.get("location"), authorizationServerMetadata });
  if (decision === "no") return response;
  const access = await asking.retrieveAuthorizationCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, authorizationCode: response.code, pkceCodeVerifier: begun.pkce.codeVerifier, redirectUri, dpop: begun.dpop,
  });
  return collect(asking, issuerMetadata, access, "residence", copies, clientId);
}

async function collect(client, issuerMetadata, access, credentialConfigurationId, copies, clientId) {
  assert.equal(access.accessTokenResponse.token_type, "DPoP");
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
  const signers = [];
  const jwts = [];
  for (let i = 0; i < copies; i++) {
    signers.push(await newKey());
    jwts.push((await client.createCredentialRequestJwtProof({ issuerMetadata, credentialConfigurationId, nonce, clientId, signer: signers[i] })).jwt);
  }
  const accessToken = access.accessTokenResponse.access_token;
  const taken = await client.retrieveCredentials({ issuerMetadata, credentialConfigurationId, accessToken, dpop: access.dpop, proofs: { jwt: jwts } });
  await client.sendNotification({
    issuerMetadata, accessToken, dpop: taken.dpop ?? access.dpop,
    notification: { notificationId: taken.credentialResponse.notification_id, event: "credential_accepted" },
  });
  return { signers, proofs: taken.credentialResponse.credentials.map(({ credential }) => credential), issuerMetadata };
}

const decode = (jws) => JSON.parse(Buffer.from(jws.split(".")[1], "base64url"));

async function checkBatch({ signers, proofs }, lasting) {
  assert.equal(proofs.length, signers.length);
  const parts = new Set();
  const places = new Set();
  let count = 0;
  for (const [i, proof] of proofs.entries()) {
    const [jws, ...disclosures] = proof.slice(0, -1).split("~");
    const payload = decode(jws);
    assert.deepEqual(payload.cnf.jwk, signers[i].publicJwk, "each is bound to its own key");
    assert.equal(payload.iat % 3600, 0, "times are cut to the hour");
    assert.equal("status" in payload, lasting);
    if (lasting) places.add(payload.status.status_list.idx);
    for (const part of [jws, ...disclosures]) parts.add(part);
    count += 1 + disclosures.length;
  }
  assert.equal(parts.size, count, "nothing of one is in another");
  if (lasting) assert.equal(places.size, proofs.length);
}

/// Shows region and country alone, signed for one verifier, with @sd-jwt; ours looks at it.
async function show(register, proof, signer, folder) {
  const instance = new SDJwtVcInstance({
    hasher: (data, algorithm) => createHash(algorithm.replaceAll("-", "").toLowerCase()).update(data).digest(),
    saltGenerator: () => randomBytes(16).toString("base64url"),
    verifier: async (data, signature) => {
      const [header] = proof.split(".");
      const { x5c } = JSON.parse(Buffer.from(header, "base64url"));
      const key = createPublicKey(`-----BEGIN CERTIFICATE-----\n${x5c[0]}\n-----END CERTIFICATE-----`);
      return verifySignature("sha256", Buffer.from(data), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
    },
    kbSigner: async (data) => {
      const { webcrypto } = await import("node:crypto");
      const signature = await webcrypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.get(signer.publicJwk.x), Buffer.from(data));
      return Buffer.from(signature).toString("base64url");
    },
    kbSignAlg: "ES256", signAlg: "ES256", hashAlg: "sha-256",
  });
  const { payload } = await instance.verify(proof);
  assert.equal(payload.address.region, "Berlin", "@sd-jwt verifies it");
  const shown = await instance.present(proof, { address: { region: true, country: true } },
    { kb: { payload: { iat: Math.floor(Date.now() / 1000), aud: "https://school.example", nonce: "n-1" } } });
  writeFileSync(join(folder, "shown"), shown);
  writeFileSync(join(folder, "trust.json"), await (await fetch(`${register}/trust.json`)).text());
  const run = spawnSync(abode, ["verify", join(folder, "shown"), "--trust", join(folder, "trust.json"), "--json",
    "--audience", "https://school.example", "--nonce", "n-1"], { encoding: "utf8" });
  const found = JSON.parse(run.stdout);
  assert.equal(found.verdict, "test-mode", found.why);
  assert.deepEqual(found.address, { country: "DE", region: "Berlin" });
  assert.deepEqual(found.person, {}, "no name");
}

async function refusals(offer) {
  const { link, transaction_code: right } = await offer({ life: "fresh" });
  const wrong = right === "000000" ? "000001" : "000000";
  const redeem = (code) => take(link, code, 1);
  for (let i = 0; i < 4; i++) await assert.rejects(redeem(wrong), /invalid_grant|code is wrong/);
  await assert.rejects(redeem(wrong));
  await assert.rejects(redeem(right), "the fifth wrong code ended it");
  const { link: once, transaction_code: code } = await offer({ life: "fresh" });
  await take(once, code, 1);
  await assert.rejects(take(once, code, 1), "an offer is good once");
}

const folder = mkdtempSync(join(tmpdir(), "abode-wallet-"));
try {
  await withRegisterForWallets(abode, async (register) => {
    const { token, offer } = await holder(register);
    for (const life of ["fresh", "lasting"]) {
      const { link, transaction_code } = await offer({ life });
      const taken = await take(link, transaction_code, 5);
      await checkBatch(taken, life === "lasting");
      if (life === "fresh") await show(register, taken.proofs[2], taken.signers[2], folder);
    }
    await refusals(offer);
    const asked = await ask(register, token, "yes", 3);
    await checkBatch(asked, false);
    await show(register, asked.proofs[0], asked.signers[0], folder);
    assert.equal((await ask(register, token, "no")).error, "access_denied");
  });
} finally {
  rmSync(folder, { recursive: true });
}
