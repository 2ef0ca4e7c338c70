// The parts of the vectors of proofs.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "unit/credential/proof_world.hpp"
#include "vectors/vectors.hpp"

namespace abode::vectors {

using Change = std::function<void(json::object&)>;

/// Proofs with what they are judged by, and what ours says of them.
class Judged {
 public:
  struct By {
    credential::Trust const& trust;
    base::Time now;
    std::vector<std::string> lists = {};
    std::optional<credential::Challenge> challenge = {};
  };
  void add(std::string const& how, std::string const& text, By const& by);
  void write_to(std::filesystem::path const& file) const;

 private:
  /// Texts that are alike are told as patches of one of them.
  json::object told(std::string const& text);

  std::vector<std::string> bases_;
  json::array trusts_;
  json::array lists_;
  json::array cases_;
  std::map<std::string, std::size_t> trust_places_;
  std::map<std::string, std::size_t> list_places_;
};

/// A world in which texts are made and judged at once.
struct JudgedWorld : test::ProofWorld {
  Judged& judged;
  explicit JudgedWorld(Judged& all) : judged(all) {}

  /// By who asks if a holder signed it, and by who does not ask otherwise.
  void add(std::string const& how, std::string const& text, std::vector<std::string> const& tokens = {});
  void add(std::string const& how, std::string const& text, std::vector<std::string> const& tokens,
           std::optional<credential::Challenge> const& asked);
  /// A list in which one place has this status, an hour old.
  std::string list_with(std::uint8_t status, std::uint64_t index = 5, unsigned bits = 2);
  /// The signed payload, or header, changed, and signed again by the issuer.
  std::string with_payload(credential::ResidenceProof const& made, Change const& change);
  std::string with_header(credential::ResidenceProof const& made, Change const& change);
  /// The same of a seal.
  std::string with_seal(credential::ResidenceSeal const& made, Change const& change);
};

void add_proofs(Judged& judged);
void add_forms_of_proofs(Judged& judged);
void add_seals(Judged& judged);
void add_statuses(Judged& judged);
void add_chains(Judged& judged);
/// Each byte of certificates altered, and then signed with as if nothing was.
void add_altered_certificates(Judged& judged);

/// What is read by itself: trust files and status lists.
void write_trust_vectors(std::filesystem::path const& file);
void write_status_token_vectors(std::filesystem::path const& file);

}  // namespace abode::vectors
