// An issuer of proofs of others' making: certificates by openssl, proofs by @sd-jwt.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import * as jose from "jose";

export const hasher = (data, algorithm) => {
  assert.equal(algorithm, "sha-256");
  return new Uint8Array(createHash("sha256").update(typeof data === "string" ? data : new Uint8Array(data)).digest());
};
export const saltGenerator = () => randomBytes(16).toString("base64url");
export const signerOf = (key) => async (data) =>
  Buffer.from(await webcrypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, Buffer.from(data))).toString(
    "base64url",
  );

/// A root and a certificate under it, by openssl, in files of `folder`; the key as others' code takes it.
export async function makeIssuer(folder, name, extension = "") {
  const file = (kind) => join(folder, `${name}.${kind}`);
  const openssl = (...args) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "ignore"] });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", file("root.key"), "-out", file("root.pem"), "-days", "3650",
    "-subj", `/CN=${name} root`, "-addext", "keyUsage=critical,keyCertSign");
  openssl("req", ...newKey, "-keyout", file("key"), "-out", file("csr"), "-subj", `/CN=${name}`);
  writeFileSync(file("ext"), `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n${extension}`);
  openssl("x509", "-req", "-in", file("csr"), "-CA", file("root.pem"), "-CAkey", file("root.key"), "-CAcreateserial",
    "-out", file("pem"), "-days", "365", "-extfile", file("ext"));
  const der = (pem) => readFileSync(pem, "utf8").replace(/-----[^-]+-----|\s/g, "");
  return { key: await jose.importPKCS8(readFileSync(file("key"), "utf8"), "ES256"), x5c: [der(file("pem"))], root: der(file("root.pem")) };
}

/// Issues by `key`; shows what `holderKey` is bound to.
export const sdJwt = (key, holderKey) =>
  new SDJwtVcInstance({
    hasher, hashAlg: "sha-256", saltGenerator, signAlg: "ES256", signer: signerOf(key),
    kbSigner: signerOf(holderKey), kbSignAlg: "ES256",
  });
