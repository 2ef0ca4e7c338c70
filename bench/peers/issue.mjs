// An issuer of proofs with @sd-jwt, on each processor: POST /api/v1/proofs with keys, answered by a proof of ten claims for each.
// It keeps nothing, looks up nobody and writes no history. Usage: issue.mjs FILE, with a key and its certificates (PEM).
import cluster from "node:cluster";
import { createHash, createPrivateKey, randomBytes, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";

const pem = readFileSync(process.argv[2], "utf8");
const key = createPrivateKey(pem);
const x5c = pem.match(/-----BEGIN CERTIFICATE-----[^-]+/g).slice(0, 1).map((block) => block.replace(/-----[^-]+-----|\s/g, ""));
const issuer = new SDJwtVcInstance({
  hashAlg: "sha-256",
  hasher: (data) => createHash("sha256").update(data).digest(),
  saltGenerator: () => randomBytes(16).toString("base64url"),
  signAlg: "ES256",
  signer: (data) => sign("sha256", Buffer.from(data), { key, dsaEncoding: "ieee-p1363" }).toString("base64url"),
});
const claims = {
  family_name: "SPECIMEN", given_name: "BENCH", birthdate: "1980-01-01",
  address: {
    formatted: "Musterweg 1\n12345 Musterstadt", street_address: "Musterweg", house_number: "1", postal_code: "12345",
    locality: "Musterstadt", country: "DE",
  },
  residence: { kind: "main" },
};
const frame = {
  _sd: ["family_name", "given_name", "birthdate"],
  address: { _sd: Object.keys(claims.address) },
  residence: { _sd: Object.keys(claims.residence) },
};

function issue(jwk) {
  const hour = Math.floor(Date.now() / 3_600_000) * 3600;
  return issuer.issue({ iss: "https://register.example", iat: hour, exp: hour + 14 * 86400, vct: "urn:example:residence",
    cnf: { jwk }, ...claims }, frame, { header: { x5c } });
}

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); ++i) cluster.fork();
  let listening = 0;
  cluster.on("listening", (worker, { port }) => {
    if (++listening === availableParallelism()) console.log(`http://localhost:${port}`);
  });
  process.on("SIGTERM", () => process.exit(0));
} else {
  createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const proofs = await Promise.all(JSON.parse(body).holder_keys.map(issue));
    response.writeHead(201, { "Content-Type": "application/json" }).end(JSON.stringify({ proofs }));
  }).listen(0, "localhost");
}
