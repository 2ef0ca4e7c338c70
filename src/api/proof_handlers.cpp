// Proofs of residence: a holder's own, and what everybody needs to check them.
#include "service/proofs.hpp"

#include "api/certificate_page.hpp"
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/wallet_link.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"
#include "credential/status_list.hpp"
#include "credential/trust.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

result<rules::ProofFields> read_proof_fields(std::vector<std::string> const& names) {
  rules::ProofFields fields;
  for (std::string const& name : names) {
    auto const field = rules::proof_field_named(name);
    if (!field)
      return fail(errc::invalid,
                  "A proof says some of: family_name, given_names, birth_date, address, region, since, assurance.",
                  "fields");
    fields.add(*field);
  }
  return fields;
}

result<std::vector<base::Bytes>> read_holder_keys(json::value const* value) {
  std::vector<base::Bytes> keys;
  if (value == nullptr) return keys;
  if (!value->is_array() || value->as_array().size() > service::max_proofs_at_once)
    return fail(errc::invalid, "Give a list of at most 10 public keys.", "holder_keys");
  for (json::value const& jwk : value->as_array()) {
    auto key = credential::read_jwk(jwk);
    if (!key)
      return fail(errc::invalid, "Give public P-256 keys as JSON Web Keys. " + key.error().detail, "holder_keys");
    keys.push_back(std::move(*key));
  }
  return keys;
}

/// What a proof and an offer of one have in common.
struct LifeWish {
  std::optional<rules::RegistrationId> registration;
  std::string life;
  std::optional<std::chrono::days> days;
};

LifeWish read_life_wish(codec::ObjectReader& reader) {
  LifeWish wish;
  if (auto const registration = reader.optional_text("registration"))
    wish.registration = rules::RegistrationId{*registration};
  wish.life = reader.required_text("life");
  if (auto const days = reader.optional_integer("days"))
    wish.days = std::chrono::days{std::clamp<std::int64_t>(*days, 0, 10'000)};
  return wish;
}

result<rules::ProofLife> read_life(std::string const& name) {
  auto const life = rules::proof_life_named(name);
  if (!life) return fail(errc::invalid, "A proof's life is one of: fresh, lasting.", "life");
  return *life;
}

/// A wish, and in what languages it is set if it is one for paper.
struct IssueWish {
  service::ProofWish proof;
  std::optional<std::string> language;
};

result<service::ProofForm> read_form(std::optional<std::string> const& name) {
  for (service::ProofForm const form : {service::ProofForm::file, service::ProofForm::paper})
    if (name.value_or("file") == service::name_of(form)) return form;
  return fail(errc::invalid, "A proof's form is one of: file, paper. A wallet fetches its own by an offer.", "form");
}

result<IssueWish> read_wish(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  LifeWish const wanted = read_life_wish(reader);
  auto const names = reader.required_texts("fields", rules::all_proof_fields.size());
  auto const* const jwks = reader.optional("holder_keys");
  auto const form_name = reader.optional_text("form");
  auto language = reader.optional_text("language");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const form = read_form(form_name);
  if (!form) return form.error();
  if (language && *form != service::ProofForm::paper)
    return fail(errc::invalid, "Only a proof on paper has a language. Leave it out.", "language");
  auto const life = read_life(wanted.life);
  if (!life) return life.error();
  auto const fields = read_proof_fields(names);
  if (!fields) return fields.error();
  auto keys = read_holder_keys(jwks);
  if (!keys) return keys.error();
  return IssueWish{{.registration = wanted.registration,
                    .form = *form,
                    .life = *life,
                    .days = wanted.days,
                    .fields = *fields,
                    .holder_keys = std::move(*keys)},
                   std::move(language)};
}

result<service::WalletOffer> read_offer(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  LifeWish const wanted = read_life_wish(reader);
  if (auto const done = reader.finish(); !done) return done.error();
  auto const life = read_life(wanted.life);
  if (!life) return life.error();
  return service::WalletOffer{.registration = wanted.registration, .life = *life, .days = wanted.days};
}

result<http::Response> render_proofs(Register const& registry, service::ProofsToSign const& made) {
  json::array signed_proofs;
  for (credential::ResidenceProof const& proof : made.proofs) {
    auto text = service::sign_proof(registry.proof_keys, registry.context.random, proof);
    if (!text) return text.error();
    signed_proofs.emplace_back(std::move(*text));
  }
  return answer(registry.context.mode, 201,
                {{"receipt", to_json(made.receipt, registry.context)},
                 {"proof", to_json({made.receipt.entry, made.expires_at, made.kept})},
                 {"proofs", std::move(signed_proofs)}});
}

result<http::Response> render_page(Register const& registry, service::PageToSign const& page,
                                   std::string const& language) {
  auto made = make_page(registry, page, language);
  if (!made) return made.error();
  return answer(registry.context.mode, 201,
                {{"receipt", to_json(page.made.receipt, registry.context)},
                 {"proof", to_json({page.made.receipt.entry, page.made.expires_at, page.made.kept})},
                 {"proofs", json::array{std::move(made->seal)}},
                 {"page", codec::to_base64(base::as_bytes(made->pdf))}});
}

Reply post_page(Register const& registry, Call const& call, IssueWish const& wish) {
  auto const language = language_of_page(registry, wish.language.value_or(""));
  if (!language) return language.error();
  return write_then<service::PageToSign>(
      [&registry, wish = wish.proof, request = call.request](ports::Transaction& transaction,
                                                             Caller const& caller) -> result<service::PageToSign> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::issue_page(registry.context, registry.proof_keys, transaction, caller.actor(), wish, *key);
      },
      [&registry, language = *language](service::PageToSign const& page, ports::Commit const&) {
        return render_page(registry, page, language);
      });
}

http::Response for_everybody(std::string_view type, std::string content, std::string const& caching) {
  auto response = http::response(200, type, std::move(content));
  response.headers.emplace_back("Cache-Control", caching);
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

}  // namespace

Reply get_proofs(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const listed = service::list_proofs(context, snapshot, caller.actor());
    if (!listed) return listed.error();
    json::array proofs;
    for (service::ListedProof const& proof : *listed) proofs.push_back(to_json(proof));
    return answer(context.mode, 200, {{"proofs", std::move(proofs)}});
  }};
}

Reply post_proof(Register const& registry, Call const& call) {
  auto const wish = read_wish(call.request);
  if (!wish) return wish.error();
  if (wish->proof.form == service::ProofForm::paper) return post_page(registry, call, *wish);
  return write_then<service::ProofsToSign>(
      [&registry, wish = wish->proof, request = call.request](ports::Transaction& transaction,
                                                              Caller const& caller) -> result<service::ProofsToSign> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::issue_proofs(registry.context, transaction, caller.actor(), wish, *key);
      },
      [&registry](service::ProofsToSign const& made, ports::Commit const&) { return render_proofs(registry, made); });
}

/// What the rules would refuse is told now, to its holder, and not later to a wallet.
Reply post_wallet_offer(Register const& registry, Call const& call) {
  auto const offer = read_offer(call.request);
  if (!offer) return offer.error();
  return ReadWork{
      [&registry, offer = *offer](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
        if (auto const may = service::check_offer(registry.context, snapshot, caller.actor(), offer); !may)
          return may.error();
        auto const laid_out = registry.desk.lay_out(caller.holder(), offer);
        if (!laid_out) return laid_out.error();
        return answer(registry.context.mode, 201,
                      {{"link", wallet_link(registry.context.issuer, laid_out->id)},
                       {"transaction_code", laid_out->transaction_code.reveal(base::Disclosure::to_holder)},
                       {"expires_at", base::format_time(laid_out->expires_at)}});
      }};
}

Reply post_withdraw_proof(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  service::Context const& context = registry.context;
  return write_then<service::Receipt>(
      [&context, entry = *entry, request = call.request](ports::Transaction& transaction,
                                                         Caller const& caller) -> result<service::Receipt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::withdraw_proof(context, transaction, caller.actor(), entry, *key);
      },
      [&context](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, 200, {{"receipt", to_json(receipt, context)}});
      });
}

Reply get_status_list(Register const& registry, Call const& call) {
  auto const list = service::status_list_named(call.params.at(0));
  auto token = list ? registry.status_files.get(call.params.at(0))
                    : result<std::string>{fail(errc::not_found, "There is no such list.")};
  if (!token && token.error().code == errc::not_found)
    return fail(errc::not_found, "There is no such list of statuses. Look at the address in the proof.");
  if (!token) return token.error();
  return for_everybody("application/" + std::string{credential::status_token_type}, std::move(*token),
                       "public, max-age=60");
}

Reply get_trust_file(Register const& registry, Call const&) {
  credential::Trust const trust{{{registry.context.issuer, registry.proof_keys.for_proofs()->anchor(),
                                  registry.proof_keys.for_status_lists()->anchor()}}};
  return for_everybody("application/json", credential::write_trust(trust), "public, max-age=3600");
}

Reply get_residence_type(Register const&, Call const&) {
  return for_everybody("application/json", std::string{credential::residence_type_metadata()}, "public, max-age=3600");
}

}  // namespace abode::api
