#include "vectors/log_audits.hpp"

#include "codec/text.hpp"

namespace abode::vectors {
namespace {

using log::AuditReport;

json::value time_or_null(std::optional<base::Time> const& time) {
  return time ? json::value(time->time_since_epoch().count()) : json::value(nullptr);
}

json::object to_json(log::AuditRow const& row) {
  json::object out{{"seq", row.seq}, {"state", log::name_of(row.state)}, {"verdict", row.verdict}, {"entry", nullptr}};
  if (row.entry)
    out["entry"] = json::object{{"time", row.entry->time.time_since_epoch().count()},
                                {"actor", row.entry->actor},
                                {"office", row.entry->office},
                                {"operation", row.entry->operation}};
  return out;
}

json::object to_json(log::AuditEpochs const& epochs) {
  json::array missing;
  for (log::EpochRange const& range : epochs.missing)
    missing.push_back(json::array{digits(range.first), digits(range.last)});
  json::object out{{"listed", epochs.listed},
                   {"newest", nullptr},
                   {"bound", epochs.bound},
                   {"missing", std::move(missing)},
                   {"overdue", time_or_null(epochs.overdue)}};
  if (epochs.newest) out["newest"] = digits(epochs.newest->number);
  return out;
}

json::object to_json(log::AuditWitnesses const& witnesses) {
  return {{"cosigners", witnesses.cosigners},
          {"known", witnesses.known},
          {"quorum", witnesses.quorum},
          {"seen_at", time_or_null(witnesses.seen_at)},
          {"late", json::array(witnesses.late.begin(), witnesses.late.end())}};
}

json::object to_json(AuditReport const& report) {
  json::array rows;
  for (log::AuditRow const& row : report.rows) rows.push_back(to_json(row));
  json::object out{{"verdict", log::name_of(report.verdict)},
                   {"reason", report.reason},
                   {"key_from_file", report.key_from_file},
                   {"test_mode", report.test_mode},
                   {"origin", report.origin},
                   {"verifier_key", report.verifier_key},
                   {"checkpoint", nullptr},
                   {"not_yet_provable", json::array(report.not_yet_provable.begin(), report.not_yet_provable.end())},
                   {"erasures", json::array(report.erasures.begin(), report.erasures.end())},
                   {"rows", std::move(rows)},
                   {"epochs", nullptr},
                   {"witnesses", nullptr}};
  if (report.checkpoint)
    out["checkpoint"] = json::array{report.checkpoint->origin, digits(report.checkpoint->size),
                                    codec::to_base64(report.checkpoint->root)};
  if (report.epochs) out["epochs"] = to_json(*report.epochs);
  if (report.witnesses) out["witnesses"] = to_json(*report.witnesses);
  return out;
}

}  // namespace

Group::Group(std::string name, std::string base, std::optional<log::VerifierKey> key)
    : name_(std::move(name)), base_(std::move(base)), key_(std::move(key)) {
  file("as it is", base_);
}

Group::Group(std::string name, std::string base, std::string policy)
    : name_(std::move(name)), base_(std::move(base)), policy_(std::move(policy)) {
  file("as it is", base_);
}

void Group::file(std::string const& how, std::string const& text) {
  json::object item = patch_of(base_, text);
  item["how"] = how;
  item["outcome"] = number_of(outcome(text));
  cases_.push_back(std::move(item));
}

void Group::bundle(std::string const& how, log::Bundle const& changed) {
  file(how, log::encode_bundle(changed));
}

void Group::broken(std::string const& how, log::Bundle honest, std::function<void(log::Bundle&)> const& breach) {
  breach(honest);
  bundle(how, honest);
}

json::object Group::take() && {
  json::object trust;
  if (key_) trust["key"] = key_->format();
  if (policy_) trust["policy"] = *policy_;
  return {{"name", name_},
          {"base", codec::to_base64(base::as_bytes(base_))},
          {"trust", std::move(trust)},
          {"outcomes", std::move(outcomes_)},
          {"cases", std::move(cases_)}};
}

json::object Group::outcome(std::string const& text) const {
  auto const decoded = log::decode_bundle(text);
  if (!decoded) return {{"refused", refusal_of(decoded.error())}};
  return {{"report", to_json(policy_ ? log::audit(*decoded, log::TrustPolicy::parse(*policy_).value())
                                     : log::audit(*decoded, key_))}};
}

std::size_t Group::number_of(json::object outcome) {
  auto const [known, is_new] = numbers_.emplace(json::serialize(outcome), outcomes_.size());
  if (is_new) outcomes_.push_back(std::move(outcome));
  return known->second;
}

}  // namespace abode::vectors
