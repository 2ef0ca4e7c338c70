// A wallet of others' making (@openid4vc) answers our verifier with proofs that @sd-jwt issued and shows.
// Usage: verifier_peer.mjs ABODE
import assert from "node:assert/strict";

import { resolve, respond, showTo, withVerifier } from "./verifier.mjs";

const region = { address: { country: true, region: true } };

await withVerifier(process.argv[2], async ({ address, accessKey, holder, strangers }) => {
  const api = async (path, token, body) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answer = await fetch(address + path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const ask = (query, more = {}) => api("/api/requests", accessKey, { query, ...more });
  const resultOf = async ({ id, secret }) => (await api(`/api/requests/${id}`, secret)).result;

  for (const enc of ["A128GCM", "A256GCM"])
    for (const method of ["get", "post"]) {
      const asked = await ask("region");
      const link = asked.link.replace("request_uri_method=post", `request_uri_method=${method}`);
      const answer = await showTo(link, holder, region, {}, enc);
      assert.equal(answer.status, 200, await answer.text());
      const found = await resultOf(asked);
      assert.equal(found.outcome, "shown", found.why);
      assert.deepEqual(found.claims, { address: { country: "AM", region: "Tavush" } });
    }

  const asked = await ask("name-birthdate-and-address");
  const request = await resolve(asked.link);
  assert.equal(request.client.prefix, "x509_hash");
  assert.equal(request.version >= 25, true, "of the final specification");
  assert.deepEqual(request.dcql.query.credentials[0].claims.map(({ path }) => path.join(".")),
    ["family_name", "given_name", "birthdate", "address.formatted", "address.country"]);
  await showTo(asked.link, holder,
    { family_name: true, given_name: true, birthdate: true, address: { formatted: true, country: true } });
  assert.equal((await resultOf(asked)).claims.address.formatted, "Yerevanyan 4\nԻջևան 4001");

  const expect = async (verdict, who, changes) => {
    const question = await ask("region");
    assert.equal((await showTo(question.link, who, region, changes)).status, 200);
    assert.equal((await resultOf(question)).verdict, verdict);
  };
  await expect("holder-not-bound", holder, { aud: "https://bank.example" });
  await expect("holder-not-bound", holder, { nonce: "another" });
  await expect("holder-not-bound", holder, { iat: Math.floor(Date.now() / 1000) - 660 });
  await expect("holder-not-bound", holder, { iat: Math.floor(Date.now() / 1000) + 660 });
  await expect("untrusted-issuer", strangers);

  const first = await ask("region");
  const second = await ask("region");
  const toFirst = await resolve(first.link);
  const toSecond = await resolve(second.link);
  const { client_id: audience, nonce } = toFirst.authorizationRequestPayload;
  const shown = await holder.show(region, audience, nonce);
  assert.equal((await respond(toSecond, { proof: [shown] })).status, 200);
  assert.equal((await resultOf(second)).verdict, "holder-not-bound", "shown to another request");
  assert.equal((await respond(toFirst, { other: [shown] })).status, 400);
  assert.equal((await respond(toFirst, { proof: [shown, shown] })).status, 400);
  assert.equal((await respond(toFirst, { proof: [shown] })).status, 200);
  assert.equal((await respond(toFirst, { proof: [shown] })).status, 409, "replayed");

  const here = await ask("region", { return_to: `${address}/done` });
  const { redirect_uri: back } = await (await showTo(here.link, holder, region)).json();
  assert.equal(await resultOf(here), undefined);
  const code = new URL(back).searchParams.get("response_code");
  assert.equal((await api(`/api/requests/${here.id}?response_code=${code}`, here.secret)).result.outcome, "shown");
});
