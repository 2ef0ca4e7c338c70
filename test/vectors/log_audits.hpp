// Histories with their audits, in groups: what log_histories.json is made of.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "log/history.hpp"
#include "vectors/vectors.hpp"

namespace abode::vectors {

/// A group of cases: files that are told as patches of one, all audited by one trust.
class Group {
 public:
  /// By the log's key, or by the file's own without one.
  Group(std::string name, std::string base, std::optional<log::VerifierKey> key);
  /// By a policy.
  Group(std::string name, std::string base, std::string policy);

  void file(std::string const& how, std::string const& text);
  void bundle(std::string const& how, log::Bundle const& changed);
  /// `honest` as it is after `breach`.
  void broken(std::string const& how, log::Bundle honest, std::function<void(log::Bundle&)> const& breach);

  json::object take() &&;

 private:
  json::object outcome(std::string const& text) const;
  /// Many cases come to the same: each outcome is written once.
  std::size_t number_of(json::object outcome);

  std::string name_;
  std::string base_;
  std::optional<log::VerifierKey> key_;
  std::optional<std::string> policy_;
  std::map<std::string, std::size_t> numbers_;
  json::array outcomes_;
  json::array cases_;
};

/// Adds JSON that is none, or is not a history: changes of the file of `honest`, which has one entry.
void add_history_files(Group& group, log::Bundle const& honest);

}  // namespace abode::vectors
