// A wallet that answers verifiers (OpenID4VP 1.0), with its own way to encrypt: nothing of the room under test is in
// it.
#pragma once

#include <string>
#include <string_view>

#include "unit/credential/proof_world.hpp"

namespace abode::test {

/// `text` encrypted to the key of a request (ECDH-ES; A128GCM unless `changes` has another `enc`), in compact form.
/// `changes` are made to the header before anything is encrypted; null takes a member out.
std::string encrypt_answer(std::string_view text, json::object const& jwk, json::object const& changes = {});

/// A request object as a wallet reads it; its signature is checked with the key of its first certificate.
json::object read_request(std::string const& text);

/// The key of that request to encrypt to.
json::object key_of(json::object const& request);

/// {"vp_token": {"proof": [PRESENTATION]}, "state": ...}
std::string answer_with(std::string const& presentation, json::object const& request);

/// What answers it: these claims of a proof, signed by its holder for this verifier; `changes` to what the holder
/// signs.
std::string present(ProofWorld& world, json::object const& request, std::set<std::string> const& claims,
                    json::object const& changes = {});

}  // namespace abode::test
