// A wallet that stopped at draft 15 of OpenID4VCI (@sphereon) gets as far as the drafts agree with the final specification,
// and is told what it has to change where they do not. Usage: wallet_draft_peer.mjs ABODE
import assert from "node:assert/strict";
import { CredentialRequestClientBuilderV1_0_15, OpenID4VCIClientV1_0_15, ProofOfPossessionBuilder } from "@sphereon/oid4vci-client";
import * as jose from "jose";
import { holder, withRegisterForWallets } from "./register.mjs";

async function newKey() {
  const { publicKey, privateKey } = await jose.generateKeyPair("ES256");
  const { kty, crv, x, y } = await jose.exportJWK(publicKey);
  const jwk = { kty, crv, x, y };
  const sign = ({ header, payload }) => new jose.CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ ...header, alg: "ES256", jwk }).sign(privateKey);
  return { jwk, sign };
}

await withRegisterForWallets(process.argv[2], async (register) => {
  const { token, offer } = await holder(register);
  const { link, transaction_code: pin } = await offer({ life: "fresh" });
  const client = await OpenID4VCIClientV1_0_15.fromURI({ uri: link, clientId: "A wallet of a draft" });
  const key = await newKey();
  const createDPoPOpts = {
    jwtIssuer: { alg: "ES256", jwk: key.jwk }, dPoPSigningAlgValuesSupported: ["ES256"], jwtPayloadProps: {},
    createJwtCallback: (issuer, jwt) => key.sign(jwt),
  };
  const access = await client.acquireAccessToken({ pin, createDPoPOpts });
  assert.equal(access.token_type, "DPoP", "offers, metadata, tokens and DPoP are as they were");

  const nonce = await client.acquireNonce();
  const proof = ProofOfPossessionBuilder.fromAccessTokenResponse({
    accessTokenResponse: { ...access, c_nonce: nonce }, callbacks: { signCallback: key.sign }, version: client.version(),
  }).withIssuer(register).withAlg("ES256").withJWK(key.jwk);
  const asking = CredentialRequestClientBuilderV1_0_15
    .fromCredentialOffer({ credentialOffer: client.credentialOffer, metadata: client.endpointMetadata })
    .withCredentialConfigurationId("residence").withTokenFromResponse(access).build();
  const answer = await asking.acquireCredentialsUsingProof({
    proofInput: proof, credentialConfigurationId: "residence", format: "dc+sd-jwt", createDPoPOpts,
  });
  assert.equal(answer.origResponse.status, 400);
  assert.equal(answer.successBody, undefined);
  assert.equal(answer.errorBody.error, "invalid_credential_request");
  assert.match(answer.errorBody.error_description, /proofs/, "it names what the final specification has instead");

  const issued = await fetch(`${register}/api/v1/proofs`, { headers: { Authorization: `Bearer ${token}` } });
  assert.deepEqual((await issued.json()).proofs, [], "nothing was issued");
});
