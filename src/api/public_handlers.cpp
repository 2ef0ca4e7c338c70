#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/openapi.hpp"
#include "api/passkey_forms.hpp"
#include "api/work.hpp"
#include "log/tiles.hpp"
#include "service/invitations.hpp"
#include "service/log_status.hpp"
#include "service/passkeys.hpp"
#include "service/sign_in.hpp"
#include "service/specimens.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

http::Response signed_in(Register const& registry, Authority authority, service::SignedIn const& session) {
  std::string const token = session.token.reveal(base::Disclosure::to_holder);
  auto response =
      answer(registry.context.mode, 201, {{"token", token}, {"expires_at", base::format_time(session.expires_at)}});
  response.headers.emplace_back("Set-Cookie", session_cookie(registry, authority, token));
  return response;
}

/// Signs somebody in by one word that proves, or in test mode says, who they are. Whoever signs in anew leaves the
/// session that they came with: none outlives a change of what it may do.
using SignIn = result<service::SignedIn> (*)(service::Context const&, ports::Transaction&, std::string_view);

Reply sign_in_by(Register const& registry, Call const& call, std::string const& word, Authority authority, SignIn run) {
  return write_then<service::SignedIn>(
      [&registry, word, run, carried = session_token(call.request, authority, registry.secure)](
          ports::Transaction& transaction, Caller const&) {
        service::sign_out(transaction, carried);
        return run(registry.context, transaction, word);
      },
      [&registry, authority](service::SignedIn const& session, ports::Commit const&) -> result<http::Response> {
        return signed_in(registry, authority, session);
      });
}

Reply sign_in_by_card(Register const& registry, Call const& call, service::CardAndCode const& wanted) {
  return write_then<service::SignInAttempt>(
      [&registry, wanted, request = call.request](ports::Transaction& transaction,
                                                  Caller const& caller) -> result<service::SignInAttempt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        auto attempt = service::attempt_sign_in(registry.context, transaction, wanted, *key);
        if (attempt && attempt->succeeded())
          service::sign_out(transaction, session_token(request, Authority::holder, registry.secure));
        return attempt;
      },
      [&registry](service::SignInAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const session = service::complete_sign_in(attempt, commit);
        if (!session) return session.error();
        return signed_in(registry, Authority::holder, *session);
      });
}

/// Above a form that somebody began as one person, nobody goes on as another: a device may have passkeys of several.
result<void> check_same_person(Register const& registry, ports::Snapshot& snapshot, ports::SessionToken const& carried,
                               service::CheckedPasskey const& checked) {
  auto const session = ports::HolderSession::prove(snapshot, carried, registry.context.clock.now());
  if (!session) return session.error();
  if (session->record() == checked.record()) return {};
  return fail(errc::forbidden, "This is the passkey of somebody else. Choose your own, or sign in with a code.",
              "passkey");
}

/// The two steps of a sign-in with a passkey, a person's or an official's.
template <class Checked>
struct PasskeySteps {
  result<Checked> (*check)(service::Context const&, webauthn::RelyingParty const&, ports::Snapshot&,
                           webauthn::Assertion const&);
  result<service::SignedIn> (*sign_in)(service::Context const&, ports::Transaction&, Checked const&);
  /// What else must hold of whose passkey it is, and of the session that came along.
  result<void> (*allow)(Register const&, ports::Snapshot&, ports::SessionToken const&, Checked const&) = nullptr;
};

/// The signature is checked on a snapshot: the store's writer has no time for that.
template <class Checked>
Reply sign_in_by_passkey(Register const& registry, Call const& call, json::value const& answer_of_browser,
                         Authority authority, PasskeySteps<Checked> steps) {
  auto assertion = read_assertion(answer_of_browser, "passkey");
  if (!assertion) return assertion.error();
  return PreparedWork{[&registry, authority, steps, assertion = std::move(*assertion),
                       carried = session_token(call.request, authority, registry.secure)](
                          ports::Snapshot& snapshot, Caller const&) -> result<WriteWork> {
    auto const checked = steps.check(registry.context, registry.party, snapshot, assertion);
    if (!checked) return checked.error();
    if (steps.allow != nullptr)
      if (auto const allowed = steps.allow(registry, snapshot, carried, *checked); !allowed) return allowed.error();
    return write_then<service::SignedIn>(
        [&registry, steps, checked = *checked, carried](ports::Transaction& transaction, Caller const&) {
          service::sign_out(transaction, carried);
          return steps.sign_in(registry.context, transaction, checked);
        },
        [&registry, authority](service::SignedIn const& session, ports::Commit const&) -> result<http::Response> {
          return signed_in(registry, authority, session);
        });
  }};
}

result<service::SignedIn> accept_invitation(service::Context const& context, ports::Transaction& transaction,
                                            std::string_view word) {
  return service::accept_invitation(context, transaction, service::Invitation{std::string{word}});
}

constexpr char const* immutable = "public, max-age=31536000, immutable";

http::Response log_file(std::string_view type, std::string_view content, char const* caching) {
  auto response = http::response(200, type, std::string{content});
  response.headers.emplace_back("Cache-Control", caching);
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

}  // namespace

std::string session_cookie(Register const& registry, Authority authority, std::string const& token) {
  return std::string{cookie_name(authority, registry.secure)} + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
         (registry.secure ? "; Secure" : "");
}

Reply get_test_people(Register const& registry, Call const&) {
  service::Mode const mode = registry.context.mode;
  if (mode != service::Mode::test) return fail(errc::not_found, "Test people live only in test mode.");
  json::array people;
  for (auto const& specimen : service::specimens) people.push_back({{"id", specimen.id}, {"label", specimen.label}});
  json::array staff;
  for (auto const& official : service::specimen_officials) {
    rules::Office const* const office = registry.context.profile().office(official.office);
    staff.push_back({{"id", official.id},
                     {"name", official.name},
                     {"office", office != nullptr ? std::string_view{office->name} : official.office}});
  }
  return answer(mode, 200, {{"test_people", std::move(people)}, {"test_staff", std::move(staff)}});
}

Reply post_session(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const specimen = reader.optional_text("test_person");
  auto const card = reader.optional_text("card");
  auto const code = reader.optional_text("code");
  auto const* const passkey = reader.optional("passkey");
  auto const* const again = reader.optional("again");
  if (auto const done = reader.finish(); !done) return done.error();
  if (specimen && (card || code))
    return fail(errc::invalid, "Sign in with a card, or as a test person, but not as both.", "test_person");
  if (passkey != nullptr && (specimen || card || code))
    return fail(errc::invalid, "Sign in with a passkey, or with a card, but not with both.", "passkey");
  if (again != nullptr && (passkey == nullptr || !again->is_bool()))
    return fail(errc::invalid, "Write true or false, beside a passkey: whether it signs the same person in once more.",
                "again");
  bool const same_person = again != nullptr && again->get_bool();
  if (passkey != nullptr)
    return sign_in_by_passkey(
        registry, call, *passkey, Authority::holder,
        PasskeySteps<service::CheckedPasskey>{service::check_passkey, service::sign_in_with_passkey,
                                              same_person ? check_same_person : nullptr});
  if (specimen) return sign_in_by(registry, call, *specimen, Authority::holder, service::sign_in_specimen);
  auto const wanted = service::check_card_and_code(card.value_or(""), code.value_or(""));
  if (!wanted) return wanted.error();
  return sign_in_by_card(registry, call, *wanted);
}

Reply post_freeze(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const card = reader.required_text("card");
  std::string const code = reader.required_text("code");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const wanted = service::check_card_and_code(card, code);
  if (!wanted) return wanted.error();
  return write_then<service::FreezeAttempt>(
      [&registry, wanted = *wanted, request = call.request](ports::Transaction& transaction,
                                                            Caller const& caller) -> result<service::FreezeAttempt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::attempt_freeze(registry.context, transaction, wanted, *key);
      },
      [&registry](service::FreezeAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const until = service::complete_freeze(attempt, commit);
        if (!until) return until.error();
        return answer(registry.context.mode, 200, {{"frozen_until", base::format_time(*until)}});
      });
}

Reply post_staff_session(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const specimen = reader.optional_text("test_staff");
  auto const invitation = reader.optional_text("invitation");
  auto const* const passkey = reader.optional("passkey");
  if (auto const done = reader.finish(); !done) return done.error();
  if (int{specimen.has_value()} + int{invitation.has_value()} + int{passkey != nullptr} != 1)
    return fail(errc::invalid,
                "Sign in with your passkey, once with your invitation, or in test mode as a test official.", "passkey");
  if (passkey != nullptr)
    return sign_in_by_passkey(
        registry, call, *passkey, Authority::official,
        PasskeySteps<service::CheckedStaffPasskey>{service::check_staff_passkey, service::sign_in_with_staff_passkey});
  if (specimen) return sign_in_by(registry, call, *specimen, Authority::official, service::sign_in_specimen_official);
  return sign_in_by(registry, call, *invitation, Authority::official, accept_invitation);
}

Reply get_purposes(Register const& registry, Call const&) {
  json::array list;
  for (rules::Purpose const& purpose : rules::purposes) {
    rules::FieldSet const fields = registry.context.profile().fields_for(purpose.name);
    if (fields.empty()) continue;
    list.push_back({{"id", purpose.name}, {"label", purpose.label}, {"fields", to_json(fields)}});
  }
  return answer(registry.context.mode, 200, {{"purposes", std::move(list)}});
}

Reply get_openapi(Register const&, Call const&) {
  return http::response(200, "application/json", std::string{openapi_document()});
}

Reply get_health(Register const& registry, Call const&) {
  return answer(registry.context.mode, 200, {{"status", "alive"}});
}

Reply get_readiness(Register const& registry, Call const&) {
  service::Mode const mode = registry.context.mode;
  return ReadWork{[mode](ports::Snapshot& snapshot, Caller const&) -> result<http::Response> {
    ports::LogState const log = snapshot.log_state();
    if (log.checkpoint.empty()) return fail(errc::unavailable, "The log has no checkpoint yet.");
    return answer(mode, 200, {{"status", "ready"}, {"log_size", log.size}});
  }};
}

json::object to_json(log::Epoch const& epoch) {
  return {{"number", epoch.number},
          {"closed_at", base::format_time(epoch.time)},
          {"next_due_at", base::format_time(epoch.time + epoch.length)},
          {"covered", epoch.covered},
          {"positions", epoch.positions}};
}

Reply get_log_status(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const&) -> result<http::Response> {
    auto const status = service::log_status(registry.log, snapshot);
    if (!status) return status.error();
    json::object body{{"origin", registry.log.key.name()},
                      {"key", registry.log.key.format()},
                      {"signed_size", status->signed_size},
                      {"shown_size", nullptr},
                      {"epoch", nullptr},
                      {"witnesses", json::array(status->witnesses.begin(), status->witnesses.end())},
                      {"cosigners", json::array(status->cosigners.begin(), status->cosigners.end())},
                      {"quorum_at", nullptr}};
    if (status->shown_size) body["shown_size"] = *status->shown_size;
    if (status->epoch) body["epoch"] = to_json(*status->epoch);
    if (status->quorum_at) body["quorum_at"] = base::format_time(*status->quorum_at);
    return answer(registry.context.mode, 200, std::move(body));
  }};
}

/// The store's, which the file follows: whoever was given a proof finds a checkpoint here that is no older.
Reply get_checkpoint(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const&) -> result<http::Response> {
    std::string const checkpoint = service::shown_checkpoint(registry.log, snapshot);
    if (checkpoint.empty()) return fail(errc::unavailable, "The log has no checkpoint yet.");
    return log_file("text/plain; charset=utf-8", checkpoint, "no-cache");
  }};
}

Reply get_tile(Register const& registry, Call const& call) {
  std::string path = "tile/" + call.params.at(0);
  bool const canonical = log::parse_tile_path(path).has_value() || log::parse_entries_path(path).has_value();
  if (!canonical)
    return fail(errc::not_found, "There is no such tile. See the C2SP tlog-tiles specification for their names.");
  return ReadWork{[&registry, path = std::move(path)](ports::Snapshot&, Caller const&) -> result<http::Response> {
    auto const content = registry.log.tiles.get(path);
    if (!content) return content.error();
    return log_file("application/octet-stream", base::as_text(*content), immutable);
  }};
}

Reply get_verifier_key(Register const& registry, Call const&) {
  return http::response(200, "text/plain; charset=utf-8", registry.log.key.format() + "\n");
}

}  // namespace abode::api
