// Has @simplewebauthn/server judge what our authenticator of the tests makes, right and wrong: that authenticator is what
// our own checks are tested with, so it has to be one in the eyes of others as well.
// Usage: peers_write_passkeys | node passkey_peer.mjs
import assert from "node:assert/strict";
import { createInterface } from "node:readline";

import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";

const expected = { expectedOrigin: "http://localhost:8080", expectedRPID: "localhost", requireUserVerification: true };

const register = (response, expectedChallenge) =>
  verifyRegistrationResponse({ response, expectedChallenge, supportedAlgorithmIDs: [-7, -8, -257], ...expected });

async function refuses(judgement, what) {
  const verdict = await judgement().catch(() => ({ verified: false }));
  assert.equal(verdict.verified, false, `${what} was accepted`);
}

let judged = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { what, challenge, sound, registration, assertion } = JSON.parse(line);
  const { registrationInfo } = await register(sound, challenge);
  const use = (response) =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      credential: registrationInfo.credential,
      ...expected,
    });
  if (what === "right") {
    assert.ok((await register(registration, challenge)).verified, "a registration");
    assert.ok((await use(assertion)).verified, "an assertion");
    const forged = structuredClone(assertion);
    forged.response.clientDataJSON = sound.response.clientDataJSON;
    await refuses(() => use(forged), "a signature over something else");
  } else {
    await refuses(() => register(registration, challenge), `a registration with ${what}`);
    await refuses(() => use(assertion), `an assertion with ${what}`);
  }
  judged += 1;
}
assert.equal(judged, 24, "three algorithms, eight ways each");
