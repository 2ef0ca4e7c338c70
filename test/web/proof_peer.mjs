// Has others' code judge the proofs that we issue, and ours those that others' code issues, right and wrong.
// Usage: proof_peer.mjs ABODE WRITER, the latter peers_write_proofs.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StatusList, createHeaderAndPayload, getListFromStatusListJWT } from "@sd-jwt/jwt-status-list";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import * as jose from "jose";
import { hasher, makeIssuer, sdJwt } from "./issuer.mjs";

const [abode, writer] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "abode-proofs-"));
const verifierOf = (key) => async (data, signature) =>
  webcrypto.subtle.verify(
    { name: "ECDSA", hash: "SHA-256" },
    key,
    Buffer.from(signature, "base64url"),
    Buffer.from(data),
  );
const importKey = (jwk) =>
  webcrypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]);

// What we issue.

async function othersJudgeOurs() {
  const ours = JSON.parse(execFileSync(writer, { encoding: "utf8" }));
  const [jws] = ours.proof.split("~");
  const pem = `-----BEGIN CERTIFICATE-----\n${ours.certificate}\n-----END CERTIFICATE-----`;
  const { payload, protectedHeader } = await jose.compactVerify(jws, await jose.importX509(pem, "ES256"));
  assert.deepEqual(protectedHeader.x5c, [ours.certificate]);
  assert.equal(protectedHeader.typ, "dc+sd-jwt");
  const claims = JSON.parse(new TextDecoder().decode(payload));
  assert.equal(claims.iat % 3600, 0);
  assert.equal(claims.exp % 3600, 0);
  // @sd-jwt looks at no type, no audience and no subject: jose does.
  const leaf = await jose.importX509(pem, "ES256");
  await jose.jwtVerify(jws, leaf, { typ: "dc+sd-jwt", issuer: "https://register.example", algorithms: ["ES256"] });
  await assert.rejects(jose.jwtVerify(jws, leaf, { typ: "kb+jwt" }));
  const [head, body, signature] = jws.split(".");
  const forged = Buffer.from(JSON.stringify({ ...claims, mode: "test" })).toString("base64url");
  assert.notEqual(forged, body);
  await assert.rejects(jose.compactVerify(`${head}.${forged}.${signature}`, leaf));
  const parts = ours.presentation.split("~");
  const binding = await jose.jwtVerify(parts.at(-1), await jose.importJWK(claims.cnf.jwk, "ES256"),
    { typ: "kb+jwt", audience: "https://school.example", maxTokenAge: "10m" });
  assert.equal(binding.payload.sd_hash, createHash("sha256").update(ours.proof).digest("base64url"));
  await assert.rejects(jose.compactVerify(parts.at(-1), leaf), "the issuer's key is not the holder's");
  assert.equal(claims["vct#integrity"], `sha256-${createHash("sha256").update(ours.type_metadata).digest("base64")}`);
  assert.equal(JSON.parse(ours.type_metadata).vct, claims.vct);

  const key = await importKey(ours.issuer_key);
  const holder = await importKey(claims.cnf.jwk);
  const instance = new SDJwtVcInstance({
    hasher,
    hashAlg: "sha-256",
    verifier: verifierOf(key),
    kbVerifier: verifierOf(holder),
    statusListFetcher: async () => ours.status_list,
    statusValidator: async (status) => assert.equal(status, 2, "the status that the list has"),
    statusVerifier: verifierOf(key),
  });
  const shown = await instance.verify(ours.presentation, { keyBindingNonce: "n-1" });
  assert.equal(shown.payload.family_name, "ERIKSSON");
  assert.equal(shown.payload.address.locality, "Душанбе");
  assert.equal(shown.payload.residence.since, "2021-09-01");
  const region = await instance.present(ours.proof, { address: { region: true } });
  assert.equal(region.split("~").length, 3, "one disclosure, and nothing after it");
  const decoded = await instance.getClaims(region);
  assert.deepEqual(decoded.address, { region: "Душанбе" });
  assert.equal(decoded.family_name, undefined);

  await assert.rejects(instance.verify([...parts.slice(0, -1), `${parts.at(-1).slice(0, -8)}AAAAAAAA`].join("~"),
    { keyBindingNonce: "n-1" }));
  await assert.rejects(instance.verify(ours.presentation, { keyBindingNonce: "n-2" }));
  const token = await jose.jwtVerify(ours.status_list, leaf,
    { typ: "statuslist+jwt", subject: claims.status.status_list.uri, requiredClaims: ["iat", "exp", "ttl"] });
  assert.equal(token.payload.status_list.bits, 2);
  const list = getListFromStatusListJWT(ours.status_list);
  assert.equal(list.getStatus(4711), 2);
  assert.equal(list.getStatus(99_999), 1);
  assert.equal(list.getStatus(4710), 0);
}

// What others issue.

const issuer = "https://register.example";
const testPolicy = "2.25.309770018858934349351857162989729162338";
const statusUri = `${issuer}/status/3`;
// A certificate of this second is not good an hour ago: others do not cut their times to the hour either.
/// Of what others issue: set once their certificates are made, which begin then, however slow the machine is.
let now = 0;

function judge(text, options = []) {
  writeFileSync(join(folder, "proof"), `${text}\n`);
  const run = spawnSync(abode, ["verify", join(folder, "proof"), "--trust", join(folder, "trust.json"), "--json", ...options],
    { encoding: "utf8" });
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  const found = JSON.parse(run.stdout);
  assert.equal(run.status === 0, found.verdict === "valid");
  return found;
}

function expectVerdict(verdict, text, options) {
  const found = judge(text, options);
  assert.equal(found.verdict, verdict, found.why);
  return found;
}

async function oursJudgesOthers() {
  const register = await makeIssuer(folder, "register");
  const lists = await makeIssuer(folder, "lists");
  now = Math.floor(Date.now() / 1000);
  writeFileSync(join(folder, "trust.json"),
    JSON.stringify({ issuers: [{ issuer, anchor: register.root, status_anchor: lists.root }] }));
  const holder = await jose.generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y } = await jose.exportJWK(holder.publicKey);
  const claims = {
    iss: issuer, iat: now, exp: now + 86_400 * 10, vct: "urn:abode:residence:1", mode: "live",
    family_name: "STEVENSON", given_name: "PETER JOHN",
    address: { region: "Tavush", locality: "Իջևան", country: "AM" },
    residence: { kind: "main", assurance: "declared", since: "2024-02-29" },
  };
  const frame = {
    _sd: ["family_name", "given_name"], _sd_decoy: 3,
    address: { _sd: ["region", "locality", "country"] }, residence: { _sd: ["kind", "assurance", "since"] },
  };
  const make = (signWith = register.key) => sdJwt(signWith, holder.privateKey);
  const header = { x5c: register.x5c };
  const ask = ["--audience", "https://school.example", "--nonce", "n-2"];
  const instance = make();

  const plain = await instance.issue(claims, frame, { header });
  const found = expectVerdict("valid", plain);
  assert.deepEqual(found.person, { family_name: "STEVENSON", given_name: "PETER JOHN" });
  assert.equal(found.address.locality, "Իջևան");
  assert.deepEqual(expectVerdict("valid", await instance.present(plain, { address: { region: true } })).address,
    { region: "Tavush" });

  const bound = await instance.issue({ ...claims, cnf: { jwk: { kty, crv, x, y } } }, frame, { header });
  const binding = { payload: { iat: now, aud: "https://school.example", nonce: "n-2" } };
  const presented = await instance.present(bound, { address: { region: true } }, { kb: binding });
  expectVerdict("valid", presented, ask);
  expectVerdict("holder-not-bound", presented);
  expectVerdict("holder-not-bound", presented, ["--audience", "https://bank.example", "--nonce", "n-2"]);
  expectVerdict("holder-not-bound", presented, ["--audience", "https://school.example", "--nonce", "n-3"]);
  expectVerdict("holder-not-bound", bound, ask);
  for (const iat of [now - 3600, now + 3600])
    expectVerdict("holder-not-bound",
      await instance.present(bound, {}, { kb: { payload: { ...binding.payload, iat } } }), ask);
  const others = await instance.present(bound, { family_name: true }, { kb: binding });
  const parts = presented.split("~");
  expectVerdict("holder-not-bound", [...others.split("~").slice(0, -1), parts.at(-1)].join("~"), ask);

  expectVerdict("bad-signature", await make(lists.key).issue(claims, frame, { header }));
  expectVerdict("untrusted-issuer", await make(lists.key).issue(claims, frame, { header: { x5c: lists.x5c } }));
  expectVerdict("untrusted-issuer", await instance.issue({ ...claims, iss: "https://other.example" }, frame, { header }));
  expectVerdict("test-mode", await instance.issue({ ...claims, mode: "test" }, frame, { header }));
  const tests = await makeIssuer(folder, "tests", `certificatePolicies=${testPolicy}\n`);
  expectVerdict("test-mode", await make(tests.key).issue(claims, frame, { header: { x5c: tests.x5c } }));
  expectVerdict("holder-not-bound", plain, ask);
  expectVerdict("expired", plain, ["--at", "2036-01-01T00:00:00Z"]);
  expectVerdict("not-yet-valid", plain, ["--at", "2026-01-01T00:00:00Z"]);

  await statuses(instance, claims, frame, header, lists);
  await malformed(register, plain);
}

async function statuses(instance, claims, frame, header, lists) {
  const values = new Array(1000).fill(0);
  values[1] = 1;
  values[2] = 2;
  const { header: listHeader, payload } = createHeaderAndPayload(new StatusList(values, 2),
    { iss: issuer, sub: statusUri, iat: now, exp: now + 86_400, ttl: 3600 },
    { alg: "ES256", typ: "statuslist+jwt" });
  const token = await new jose.SignJWT(payload).setProtectedHeader({ ...listHeader, x5c: lists.x5c }).sign(lists.key);
  writeFileSync(join(folder, "list"), token);
  const withList = ["--status", join(folder, "list")];
  const of = (idx) =>
    instance.issue({ ...claims, exp: now + 86_400 * 300, status: { status_list: { idx, uri: statusUri } } }, frame, { header });
  expectVerdict("status-unknown", await of(0));
  assert.ok(expectVerdict("valid", await of(0), withList).status_age_seconds < 60);
  expectVerdict("revoked", await of(1), withList);
  expectVerdict("suspended", await of(2), withList);
  expectVerdict("status-unknown", await of(1000), withList);
  // A list of another address, and one by another's key, which @sd-jwt takes.
  const sign = (changes, by = lists) =>
    new jose.SignJWT({ ...payload, ...changes }).setProtectedHeader({ ...listHeader, x5c: by.x5c }).sign(by.key);
  for (const other of [await sign({ sub: `${statusUri}0` }), await sign({}, await makeIssuer(folder, "strangers"))]) {
    writeFileSync(join(folder, "list"), other);
    expectVerdict("status-unknown", await of(0), withList);
  }
  // One of another type is none.
  const untyped = new jose.SignJWT(payload).setProtectedHeader({ alg: "ES256", typ: "JWT", x5c: lists.x5c });
  writeFileSync(join(folder, "list"), await untyped.sign(lists.key));
  const run = spawnSync(abode, ["verify", join(folder, "proof"), "--trust", join(folder, "trust.json"), ...withList]);
  assert.equal(run.status, 2);
}

/// What others' code would let through, by hand.
async function malformed(register, plain) {
  const [jws, ...disclosures] = plain.split("~");
  const payload = jose.decodeJwt(jws);
  const sign = (claims, changes = {}) =>
    new jose.CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: "ES256", typ: "dc+sd-jwt", x5c: register.x5c, ...changes })
      .sign(register.key);
  const whole = async (changes) => [await sign(payload, changes), ...disclosures].join("~");
  expectVerdict("valid", await whole());
  for (const changes of [{ typ: "vc+sd-jwt" }, { typ: "JWT" }, { x5c: [] }, { x5c: [register.root] },
    { x5c: [...register.x5c, register.root] }, { jwk: { kty: "oct", k: "AAAA" } }])
    expectVerdict("malformed", await whole(changes));
  const none = Buffer.from(JSON.stringify({ alg: "none", typ: "dc+sd-jwt", x5c: register.x5c })).toString("base64url");
  expectVerdict("malformed", [`${none}.${jws.split(".")[1]}.`, ...disclosures].join("~"));
  const keyed = await new jose.CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: "HS256", typ: "dc+sd-jwt", x5c: register.x5c })
    .sign(randomBytes(32));
  expectVerdict("malformed", [keyed, ...disclosures].join("~"));
  expectVerdict("malformed", [jws, disclosures[0], ...disclosures].join("~"));
  const stranger = Buffer.from(JSON.stringify(["salt", "region", "Elsewhere"])).toString("base64url");
  expectVerdict("malformed", [jws, stranger, ...disclosures].join("~"));
  expectVerdict("malformed", [await sign({ ...payload, nationality: "XX" }), ...disclosures].join("~"));
}

try {
  await othersJudgeOurs();
  await oursJudgesOthers();
} finally {
  rmSync(folder, { recursive: true });
}
