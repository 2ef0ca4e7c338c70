// A register's keys for proofs, in memory, and what it publishes of statuses.
#pragma once

#include <map>

#include "openssl/issuer_keys.hpp"
#include "ports/status_files.hpp"

namespace abode::test {

class MemoryProofKeys : public ports::ProofKeys {
 public:
  explicit MemoryProofKeys(base::Time now, bool for_tests = true)
      : proofs_root_(openssl::make_root_key("Test proofs root", now, for_tests)),
        status_root_(openssl::make_root_key("Test status root", now, for_tests)) {
    renew(now);
  }

  std::shared_ptr<ports::CertifiedKey const> for_proofs() override { return proofs_; }
  std::shared_ptr<ports::CertifiedKey const> for_status_lists() override { return status_; }
  void renew(base::Time now) {
    proofs_ = openssl::make_signing_key(*proofs_root_, "proofs", now);
    status_ = openssl::make_signing_key(*status_root_, "status lists", now);
  }

 private:
  std::unique_ptr<openssl::IssuerKey> proofs_root_;
  std::unique_ptr<openssl::IssuerKey> status_root_;
  std::shared_ptr<ports::CertifiedKey const> proofs_;
  std::shared_ptr<ports::CertifiedKey const> status_;
};

class MemoryStatusFiles : public ports::StatusFiles {
 public:
  base::result<void> put(std::string_view name, std::string_view token) override {
    files_[std::string{name}] = token;
    return {};
  }
  base::result<std::string> get(std::string_view name) override {
    auto const found = files_.find(std::string{name});
    if (found == files_.end()) return base::fail(base::errc::not_found, "There is no such list.");
    return found->second;
  }
  base::result<void> keep_only(std::vector<std::string> const& names) override {
    std::erase_if(files_, [&](auto const& file) { return std::ranges::find(names, file.first) == names.end(); });
    return {};
  }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace abode::test
