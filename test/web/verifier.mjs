// A verifier of ours, and a wallet of others' making (@openid4vc) that answers it with proofs of others' making.
import { execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { clientAuthenticationAnonymous, setGlobalConfig } from "@openid4vc/oauth2";
import { Openid4vpClient } from "@openid4vc/openid4vp";
import { StatusList, createHeaderAndPayload } from "@sd-jwt/jwt-status-list";
import * as jose from "jose";
import { makeIssuer, sdJwt } from "./issuer.mjs";
import { freePort } from "./register.mjs";

setGlobalConfig({ allowInsecureUrls: true });

export const issuer = "https://register.example";
const statusUri = `${issuer}/status/3`;

/// Gives its address, its access key, and a holder whose issuer it trusts to `use`, and stops it after that. `more` is on the
/// command line that serves it.
export async function withVerifier(abode, use, more = []) {
  const home = mkdtempSync(join(tmpdir(), "abode-verifier-"));
  const directory = join(home, "verifier");
  const address = `http://localhost:${await freePort()}`;
  const register = await makeIssuer(home, "register");
  const trust = join(home, "trust.json");
  writeFileSync(trust, JSON.stringify({ issuers: [{ issuer, anchor: register.root, status_anchor: register.root }] }));
  execFileSync(abode, ["verifier", directory, "--create", "Hope Street School", "--public-url", address, "--trust", trust],
    { stdio: "ignore" });
  const accessKey = readFileSync(join(directory, "keys", "access.key"), "utf8").trim();
  const server = spawn(abode, ["verifier", directory, "--listen", address.slice("http://".length), ...more],
    { stdio: ["ignore", "pipe", "inherit"] });
  try {
    for await (const line of createInterface({ input: server.stdout })) if (line.includes(address)) break;
    const strangers = await makeHolder(await makeIssuer(home, "strangers"));
    await use({ address, accessKey, directory, register, holder: await makeHolder(register), strangers });
  } finally {
    const stopped = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await stopped;
    rmSync(home, { recursive: true });
  }
}

/// A list of statuses as the register signs it, each 0 to 3.
export async function makeList({ key, x5c }, values, age_s = 0) {
  const now = Math.floor(Date.now() / 1000) - age_s;
  const { header, payload } = createHeaderAndPayload(new StatusList(values, 2),
    { iss: issuer, sub: statusUri, iat: now, exp: now + 86_400, ttl: 3600 }, { alg: "ES256", typ: "statuslist+jwt" });
  return new jose.SignJWT(payload).setProtectedHeader({ ...header, x5c }).sign(key);
}

/// Somebody with a proof in their wallet: shows the claims of a frame. With `place` it is a lasting one, at that place of the
/// register's list.
export async function makeHolder(register, place) {
  const holder = await jose.generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y } = await jose.exportJWK(holder.publicKey);
  const instance = sdJwt(register.key, holder.privateKey);
  const now = Math.floor(Date.now() / 1000);
  const proof = await instance.issue(
    {
      iss: issuer, iat: now, exp: now + 86_400 * (place === undefined ? 10 : 300), ...(place !== undefined && { status: { status_list: { idx: place, uri: statusUri } } }), vct: "urn:abode:residence:1", mode: "live", cnf: { jwk: { kty, crv, x, y } },
      family_name: "STEVENSON", given_name: "PETER JOHN", birthdate: "1974-08-12",
      address: { region: "Tavush", locality: "Իջևան", country: "AM", formatted: "Yerevanyan 4\nԻջևան 4001" },
      residence: { kind: "main", assurance: "declared", since: "2024-02-29" },
    },
    {
      _sd: ["family_name", "given_name", "birthdate"],
      address: { _sd: ["region", "locality", "country", "formatted"] }, residence: { _sd: ["kind", "assurance", "since"] },
    },
    { header: { x5c: register.x5c } },
  );
  return {
    show: (frame, audience, nonce, changes = {}) =>
      instance.present(proof, frame,
        { kb: { payload: { iat: Math.floor(Date.now() / 1000), aud: audience, nonce, ...changes } } }),
  };
}

const client = new Openid4vpClient({
  callbacks: {
    hash: (data, algorithm) => createHash(algorithm.replaceAll("-", "").toLowerCase()).update(data).digest(),
    generateRandom: (size) => randomBytes(size),
    clientAuthentication: clientAuthenticationAnonymous(),
    getX509CertificateMetadata: () => ({ sanDnsNames: [], sanUriNames: [] }),
    verifyJwt: async (signer, { compact }) => {
      const pem = `-----BEGIN CERTIFICATE-----\n${signer.x5c[0]}\n-----END CERTIFICATE-----`;
      const key = await jose.importX509(pem, "ES256", { extractable: true });
      await jose.compactVerify(compact, key, { algorithms: ["ES256"] });
      return { verified: true, signerJwk: await jose.exportJWK(key) };
    },
    encryptJwe: async ({ publicJwk, alg, enc, apu, apv }, data) => {
      const encrypt = new jose.CompactEncrypt(new TextEncoder().encode(data))
        .setProtectedHeader({ alg, enc, kid: publicJwk.kid })
        .setKeyManagementParameters({ ...(apu && { apu: jose.base64url.decode(apu) }), ...(apv && { apv: jose.base64url.decode(apv) }) });
      return { encryptionJwk: publicJwk, jwe: await encrypt.encrypt(await jose.importJWK(publicJwk, alg)) };
    },
  },
});

/// What a link asks for, once the library has looked at it.
export async function resolve(link) {
  const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
  return client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params });
}

/// Answers with these presentations; the verifier's answer.
export async function respond(request, presentations, enc = "A128GCM", apu) {
  const response = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: request.authorizationRequestPayload,
    authorizationResponsePayload: { vp_token: presentations },
    jarm: {
      encryption: { nonce: apu },
      serverMetadata: {
        authorization_signing_alg_values_supported: [],
        authorization_encryption_alg_values_supported: ["ECDH-ES"],
        authorization_encryption_enc_values_supported: [enc],
      },
    },
  });
  const { response: answer } = await client.submitOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: request.authorizationRequestPayload,
    authorizationResponsePayload: response.authorizationResponsePayload,
    jarm: response.jarm,
  });
  return answer;
}

/// Shows these claims to whoever the link is of.
export async function showTo(link, holder, frame, changes = {}, enc) {
  const request = await resolve(link);
  const { client_id: audience, nonce } = request.authorizationRequestPayload;
  return respond(request, { proof: [await holder.show(frame, audience, nonce, changes)] }, enc, "wallet-nonce");
}
