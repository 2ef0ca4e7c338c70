#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"
#include "service/identification.hpp"
#include "text/text.hpp"

namespace abode::api {
namespace {

using base::result;

result<service::OpeningRequest> read_opening_request(rules::Profile const& profile, http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const code = reader.required_text("code");
  std::string const purpose = reader.required_text("purpose");
  std::string const reference = reader.required_text("reference");
  auto const names = reader.required_texts("fields", rules::all_fields.size());
  if (auto const done = reader.finish(); !done) return done.error();
  auto const fields = read_fields(names);
  if (!fields) return fields.error();
  auto clean_reference = text::clean_line(reference, "reference");
  if (!clean_reference) return clean_reference.error();
  return service::check_opening_request(profile, code, purpose, std::move(*clean_reference), *fields);
}

result<service::IdentificationRequest> read_identification(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const card = reader.required_text("card");
  std::string const again = reader.required_text("card_again");
  std::string const reference = reader.required_text("reference");
  if (auto const done = reader.finish(); !done) return done.error();
  auto clean_reference = text::clean_line(reference, "reference");
  if (!clean_reference) return clean_reference.error();
  return service::check_identification_request(card, again, std::move(*clean_reference));
}

}  // namespace

Reply post_opening(Register const& registry, Call const& call) {
  auto const wanted = read_opening_request(registry.context.profile(), call.request);
  if (!wanted) return wanted.error();
  service::Context const& context = registry.context;
  return write_then<service::OpeningAttempt>(
      [&context, wanted = *wanted, request = call.request](ports::Transaction& transaction,
                                                           Caller const& caller) -> result<service::OpeningAttempt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::attempt_opening(context, transaction, caller.official(), wanted, *key);
      },
      [&context](service::OpeningAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const opened = service::complete_opening(context, attempt, commit);
        if (!opened) return opened.error();
        return answer(context.mode, 200, {{"at", base::format_time(opened->at)}, {"fields", to_json(*opened)}});
      });
}

Reply post_identification(Register const& registry, Call const& call) {
  auto const wanted = read_identification(call.request);
  if (!wanted) return wanted.error();
  return write_then<service::NewActivationCode>(
      [&registry, wanted = *wanted, request = call.request](
          ports::Transaction& transaction, Caller const& caller) -> result<service::NewActivationCode> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::identify_in_person(registry.context, transaction, caller.official(), wanted, *key);
      },
      [&registry](service::NewActivationCode const& made, ports::Commit const&) -> result<http::Response> {
        std::string const code = codec::in_groups_of_four(made.code.reveal(base::Disclosure::to_official));
        return answer(registry.context.mode, 201,
                      {{"activation_code", code}, {"good_from", base::format_time(made.good_from)}});
      });
}

Reply delete_staff_session(Register const& registry, Call const& call) {
  return sign_out(registry, call, Authority::staff);
}

}  // namespace abode::api
