#include "credential/verification.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "digest/digest.hpp"

namespace abode::credential {
namespace {

using base::result;

struct Finding {
  Verdict verdict;
  std::string why;
};
using Found = std::optional<Finding>;  ///< none: nothing to find fault with

/// `fits`: whether the signature is of a key, given as x and y.
Found check_signature(Statement const& said, std::function<bool(base::ByteView)> const& fits) {
  auto const key = said.chain.front().p256_key();
  if (!key) return Finding{Verdict::bad_signature, key.error().detail};
  if (!fits(*key)) return Finding{Verdict::bad_signature, "Its signature does not fit: something was changed."};
  return {};
}

/// By the proof or by what was pinned: whoever pins a register's test certificate has not made it vouch for more.
Found check_mode(Statement const& said, Trust const& trust) {
  TrustedIssuer const* const issuer = trust.find(said.issuer);
  if (!said.test_mode && (issuer == nullptr || !issuer->anchor.is_for_tests())) return {};
  return Finding{Verdict::test_mode, "It comes from a register in test mode and has no legal effect."};
}

Found check_issuer(Statement const& said, Trust const& trust, certificates::Memory& memory) {
  TrustedIssuer const* const issuer = trust.find(said.issuer);
  if (issuer == nullptr)
    return Finding{Verdict::untrusted_issuer, "The issuer " + said.issuer + " is not in the trust file."};
  if (std::ranges::find(said.chain, issuer->anchor) != said.chain.end())
    return Finding{Verdict::untrusted_issuer, "It brings along the certificate that is pinned."};
  // At its issuing: a key that was renewed since goes on to stand for what it signed.
  auto const life = memory.life_of_chain(said.chain, issuer->anchor);
  base::Time const then = life ? std::clamp(life->from, said.issued_at, said.issued_by) : said.issued_at;
  auto const held = certificates::check_life(life, then);
  if (!held) return Finding{Verdict::untrusted_issuer, held.error().detail};
  return {};
}

/// RFC 9901, section 7.3, step 5.
result<void> check_binding(ShownProof const& proof, Challenge const& challenge, base::Time now) {
  auto const wrong = [](char const* detail) { return base::fail(base::errc::forbidden, detail); };
  Jws const& binding = *proof.key_binding;
  if (!is_signed_by(binding, *proof.holder_key)) return wrong("It was signed by another key than the holder's.");
  auto const audience = text_of(binding.payload, "aud");
  if (!audience || *audience != challenge.audience) return wrong("The holder signed it for another verifier.");
  auto const nonce = text_of(binding.payload, "nonce");
  if (!nonce || *nonce != challenge.nonce) return wrong("The holder signed another challenge.");
  auto const hash = text_of(binding.payload, "sd_hash");
  if (!hash || *hash != digest_of(proof.text.presented)) return wrong("The holder signed other claims than are shown.");
  auto const at = time_of(binding.payload, "iat");
  if (!at || *at > now + clock_skew) return wrong("The holder signed at a time that has not come.");
  if (*at < now - key_binding_life) return wrong("The holder signed too long ago.");
  return {};
}

Found check_holder(ShownProof const& proof, std::optional<Challenge> const& challenge, base::Time now) {
  auto const not_bound = [](std::string why) { return Finding{Verdict::holder_not_bound, std::move(why)}; };
  if (!proof.holder_key) {
    if (proof.key_binding) return not_bound("A holder signed it, but it names no holder's key.");
    if (challenge) return not_bound("It names no holder's key, so nobody can prove to be its holder.");
    return {};
  }
  if (!proof.key_binding) return not_bound("Its holder has not signed it.");
  if (!challenge) return not_bound("Say by which audience and nonce its holder was asked to sign.");
  if (auto const bound = check_binding(proof, *challenge, now); !bound) return not_bound(bound.error().detail);
  return {};
}

Found check_time(Statement const& said, base::Time from, base::Time now) {
  if (from > now + clock_skew)
    return Finding{Verdict::not_yet_valid, "It is good from " + base::format_time(from) + " on."};
  if (said.expires_at <= now)
    return Finding{Verdict::expired, "It was good until " + base::format_time(said.expires_at) + "."};
  return {};
}

Found check_status(Verification& found, StatusLists const& lists, base::Time now) {
  Statement const& said = *found.said();
  if (!said.status) return {};
  StatusToken const* const token = lists.newest(said.issuer, said.status->uri, now + clock_skew);
  if (token == nullptr)
    return Finding{Verdict::status_unknown, "No status list of its issuer's is at hand from " + said.status->uri + "."};
  found.status_age = std::max(std::chrono::seconds{0}, std::chrono::seconds{now - token->issued_at});
  if (token->good_until <= now)
    return Finding{Verdict::status_unknown,
                   "The status list at hand was good until " + base::format_time(token->good_until) + "."};
  if (said.status->index >= token->list.size())
    return Finding{Verdict::status_unknown, "The list has no place for it."};
  switch (static_cast<Status>(token->list.at(said.status->index))) {
    case Status::valid: return {};
    case Status::invalid: return Finding{Verdict::revoked, "Its holder or its issuer withdrew it."};
    case Status::suspended: return Finding{Verdict::suspended, "It is suspended."};
  }
  return Finding{Verdict::status_unknown, "The list gives it a status that is not known here."};
}

Verification with(Verification found, Found fault) {
  if (!fault) return found;
  found.verdict = fault->verdict;
  found.why = std::move(fault->why);
  return found;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::malformed: return "malformed";
    case Verdict::bad_signature: return "bad-signature";
    case Verdict::test_mode: return "test-mode";
    case Verdict::untrusted_issuer: return "untrusted-issuer";
    case Verdict::holder_not_bound: return "holder-not-bound";
    case Verdict::not_yet_valid: return "not-yet-valid";
    case Verdict::expired: return "expired";
    case Verdict::revoked: return "revoked";
    case Verdict::suspended: return "suspended";
    case Verdict::status_unknown: return "status-unknown";
    case Verdict::valid: return "valid";
  }
  base::fatal("a verdict without a name");
}

StatusLists::StatusLists(std::vector<StatusToken> const& tokens, Trust const& trust) {
  for (TrustedIssuer const& issuer : trust.issuers)
    for (StatusToken const& token : tokens) {
      auto const key = token.chain.front().p256_key();
      if (!key || !is_signed_by(token.jws, *key)) continue;
      auto const life = certificates::life_of_chain(token.chain, issuer.status_anchor);
      if (!certificates::check_life(life, token.issued_at)) continue;
      by_issuer_and_uri_.emplace(std::pair{issuer.issuer, token.uri}, token);
    }
}

StatusToken const* StatusLists::newest(std::string_view issuer, std::string_view uri, base::Time made_by) const {
  StatusToken const* newest = nullptr;
  auto const [first, last] = by_issuer_and_uri_.equal_range(std::pair{std::string{issuer}, std::string{uri}});
  for (auto at = first; at != last; ++at) {
    StatusToken const& token = at->second;
    if (token.issued_at <= made_by && (newest == nullptr || token.issued_at > newest->issued_at)) newest = &token;
  }
  return newest;
}

Verifier::Verifier(Trust trust, std::vector<StatusToken> const& lists)
    : trust_(std::move(trust)), lists_(lists, trust_) {}

Verification Verifier::verify(std::string_view text, std::optional<Challenge> const& challenge, base::Time now) {
  if (looks_like_seal(text)) return verify_seal(text, challenge, now);
  auto proof = parse_proof(text, memory_);
  if (!proof) return {Verdict::malformed, proof.error().detail};
  Verification found{Verdict::valid, {}, std::move(*proof)};
  ShownProof const& shown = *found.proof;
  base::Time const from = std::max(shown.not_before.value_or(shown.issued_at), shown.issued_at);
  Found fault = check_signature(shown, [&](base::ByteView key) { return is_signed_by(shown.jws, key); });
  if (!fault) fault = check_mode(shown, trust_);
  if (!fault) fault = check_issuer(shown, trust_, memory_);
  if (!fault) fault = check_holder(shown, challenge, now);
  if (!fault) fault = check_time(shown, from, now);
  if (!fault) fault = check_status(found, lists_, now);
  return with(std::move(found), std::move(fault));
}

Verification Verifier::verify_seal(std::string_view text, std::optional<Challenge> const& challenge, base::Time now) {
  auto seal = parse_seal(text, memory_);
  if (!seal) return {Verdict::malformed, seal.error().detail};
  Verification found{.verdict = Verdict::valid, .why = {}, .seal = std::move(*seal)};
  ShownSeal const& shown = *found.seal;
  Found fault = check_signature(shown, [&](base::ByteView key) {
    return digest::verify_es256(key, base::as_bytes(shown.signed_text), shown.signature);
  });
  if (!fault) fault = check_mode(shown, trust_);
  if (!fault) fault = check_issuer(shown, trust_, memory_);
  if (!fault && challenge)
    fault = Finding{Verdict::holder_not_bound,
                    "It is of paper and names no holder's key, so nobody can prove to be its holder."};
  if (!fault) fault = check_time(shown, shown.issued_at, now);
  if (!fault) fault = check_status(found, lists_, now);
  return with(std::move(found), std::move(fault));
}

}  // namespace abode::credential
