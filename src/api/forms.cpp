#include "api/forms.hpp"

#include <algorithm>
#include <charconv>

#include "codec/text.hpp"
#include "identity/documents.hpp"
#include "text/text.hpp"

namespace abode::api {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

json::value date_or_null(std::optional<base::Date> date) {
  return date ? json::value(base::format_date(*date)) : json::value(nullptr);
}

json::value time_or_null(std::optional<base::Time> time) {
  return time ? json::value(base::format_time(*time)) : json::value(nullptr);
}

/// The media type in a Content-Type, without its parameters; its case does not matter (RFC 9110 section 8.3.1).
std::string media_type(std::string_view content_type) {
  std::string type{content_type.substr(0, content_type.find(';'))};
  type.erase(type.find_last_not_of(" \t") + 1);
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return type;
}

/// The opened fields of one person. G9: what an official gets depends on nothing else of the record.
void add_field(json::object& out, rules::Field field, service::RecordState const& state) {
  rules::Registration const* const main = state.residence.main();
  std::string const name{rules::name_of(field)};
  switch (field) {
    case rules::Field::family_name:
      out[name] = state.identity ? json::value(state.identity->names.family) : nullptr;
      return;
    case rules::Field::given_names:
      out[name] = state.identity ? json::value(state.identity->names.given) : nullptr;
      return;
    case rules::Field::birth_date:
      out[name] = date_or_null(state.identity ? state.identity->birth_date : std::nullopt);
      return;
    case rules::Field::main_address:
      out[name] = main != nullptr ? json::value(to_json(main->address)) : nullptr;
      return;
    case rules::Field::main_since:
      out[name] = main != nullptr ? json::value(base::format_date(main->since)) : nullptr;
      return;
    case rules::Field::assurance:
      out[name] = main != nullptr ? json::value(rules::name_of(main->assurance)) : nullptr;
      return;
    case rules::Field::other_addresses: {
      json::array others;
      for (rules::Registration const& registration : state.residence.registrations)
        if (registration.active() && registration.kind != rules::Kind::main)
          others.push_back({{"kind", rules::name_of(registration.kind)}, {"address", to_json(registration.address)}});
      out[name] = std::move(others);
      return;
    }
  }
}

}  // namespace

base::result<json::value> json_body(http::Request const& request) {
  if (request.body.empty()) return json::value(json::object{});
  if (media_type(http::header(request, "Content-Type")) != "application/json")
    return fail(errc::unsupported, "Send JSON, with the header Content-Type: application/json.");
  return codec::parse_json(request.body);
}

base::result<void> require_no_fields(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  return codec::ObjectReader{*body}.finish();
}

base::result<std::optional<base::Time>> read_first_tried(http::Request const& request) {
  std::string_view const given = http::header(request, "First-Tried");
  if (given.empty()) return std::optional<base::Time>{};
  auto const time = base::parse_time(given);
  if (!time)
    return fail(errc::invalid, "Give the time of the first try in UTC, such as 2026-11-21T23:45:00Z, or leave it out.",
                "First-Tried");
  return std::optional{*time};
}

base::result<rules::Address> read_address(json::value const& value, std::string const& path) {
  codec::ObjectReader reader{value, path};
  rules::Address address;
  address.country = reader.required_text("country");
  for (std::string const& line : reader.required_texts("lines", rules::max_address_lines)) {
    auto clean = text::clean_line(line, reader.path_of("lines"));
    if (!clean) return clean.error();
    address.lines.push_back(std::move(*clean));
  }
  for (auto const& part : rules::address_parts) {
    auto const given = reader.optional_text(part.name);
    if (!given) continue;
    auto clean = text::clean_line(*given, reader.path_of(part.name));
    if (!clean) return clean.error();
    address.*part.member = std::move(*clean);
  }
  if (auto const done = reader.finish(); !done) return done.error();
  return address;
}

base::result<base::Date> read_date(std::string_view text, std::string const& field) {
  auto date = base::parse_date(text);
  if (!date) return fail(errc::invalid, date.error().detail, field);
  return date;
}

base::result<std::optional<base::Date>> read_date_or_none(json::value const* value, std::string const& field) {
  if (value == nullptr || value->is_null()) return std::optional<base::Date>{};
  if (!value->is_string()) return fail(errc::invalid, "Give a date here, such as 2027-06-30, or null.", field);
  auto const date = read_date(value->as_string(), field);
  if (!date) return date.error();
  return std::optional{*date};
}

base::result<rules::FormerMain> read_former_main(std::string_view wish, std::optional<std::string> const& on,
                                                 base::Date today) {
  if (wish == "ended") {
    if (!on) return rules::FormerMain{rules::EndOn{today}};
    auto const date = read_date(*on, "on");
    if (!date) return date.error();
    return rules::FormerMain{rules::EndOn{*date}};
  }
  if (wish != "secondary")
    return fail(errc::invalid, "Your present main residence becomes one of: secondary, ended.", "former_main");
  if (on) return fail(errc::invalid, "What is kept as secondary has no last day. Leave the date out.", "on");
  return rules::FormerMain{rules::KeepAsSecondary{}};
}

base::result<rules::FieldSet> read_fields(std::vector<std::string> const& names) {
  rules::FieldSet fields;
  for (std::string const& name : names) {
    auto const field = rules::field_named(name);
    if (!field) return fail(errc::invalid, "There is no field of this name. See the list of fields.", "fields");
    fields.add(*field);
  }
  return fields;
}

base::result<service::RectificationWish> read_rectification(std::string_view field, std::string_view wanted,
                                                            std::string_view reason) {
  auto const known = rules::field_named(field);
  if (!known) return fail(errc::invalid, "Say which field: family_name, given_names or birth_date.", "field");
  auto clean_wanted = text::clean_line(wanted, "wanted");
  if (!clean_wanted) return clean_wanted.error();
  auto clean_reason = text::clean_line(reason, "reason");
  if (!clean_reason) return clean_reason.error();
  service::RectificationWish wish{*known, std::move(*clean_wanted), std::move(*clean_reason)};
  if (auto const ok = service::check_rectification(wish); !ok) return ok.error();
  return wish;
}

base::result<std::uint64_t> read_number(std::string_view text, std::string const& field) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0)
    return fail(errc::invalid, "Give a whole number here.", field);
  return static_cast<std::uint64_t>(number);
}

base::result<base::Hash> read_commitment(std::string_view text, std::string const& field) {
  auto const bytes = codec::from_hex(text);
  base::Hash hash{};
  if (!bytes || bytes->size() != hash.size())
    return fail(errc::invalid, "An entry goes by its commitment here: 64 hexadecimal digits.", field);
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

json::object to_json(rules::Address const& address) {
  json::object out{{"country", address.country}, {"lines", json::array(address.lines.begin(), address.lines.end())}};
  for (auto const& part : rules::address_parts)
    if (address.*part.member) out[part.name] = *(address.*part.member);
  return out;
}

json::object to_json(rules::Registration const& registration, std::optional<base::Time> undo_until) {
  json::object out{{"id", registration.id.value()},
                   {"kind", rules::name_of(registration.kind)},
                   {"assurance", rules::name_of(registration.assurance)},
                   {"address", to_json(registration.address)},
                   {"since", base::format_date(registration.since)},
                   {"until", date_or_null(registration.until)},
                   {"filed_at", base::format_time(registration.filed_at)},
                   {"confirmed_at", time_or_null(registration.confirmed_at)},
                   {"ended", nullptr},
                   {"filed_by", nullptr},
                   {"undo_until", time_or_null(undo_until)}};
  if (registration.filed_by) out["filed_by"] = registration.filed_by->value();
  if (auto const& ended = registration.ended) {
    json::object ending{{"on", base::format_date(ended->on)}, {"filed_at", base::format_time(ended->filed_at)}};
    ending["moved_to"] = ended->moved_to ? json::value(ended->moved_to->value()) : json::value(nullptr);
    out["ended"] = std::move(ending);
  }
  return out;
}

json::array to_json(std::vector<service::Shown> const& registrations) {
  json::array out;
  for (auto const& [registration, undo_until] : registrations) out.push_back(to_json(registration, undo_until));
  return out;
}

json::object to_json(service::Child const& child) {
  return {{"id", child.id.value()},
          {"given_names", child.given_names},
          {"birth_date", base::format_date(child.birth_date)},
          {"registrations", to_json(child.registrations)}};
}

json::object without_number(json::object entry) {
  entry.erase("entry");
  // The entry of its making, by its number.
  if (auto* const operation = entry.if_contains("operation");
      operation != nullptr && *operation == service::operation::revoke_opening_code)
    entry["reference"] = "";
  return entry;
}

json::object for_guardian(service::OpeningCode const& code) {
  json::object out = without_number(to_json(code));
  out["commitment"] = codec::to_hex(code.commitment);
  return out;
}

json::object to_json(service::Receipt const& receipt, service::Context const& context) {
  json::object out{{"entry", receipt.entry},
                   {"commitment", codec::to_hex(receipt.commitment)},
                   {"filed_at", base::format_time(receipt.filed_at)}};
  if (receipt.first_tried) out["first_tried"] = base::format_time(*receipt.first_tried);
  if (context.mode == service::Mode::test) out["legal_effect"] = "none: test mode";
  if (context.profile().model) out["model_profile"] = context.profile().name;
  return out;
}

json::array to_json(rules::FieldSet fields) {
  json::array out;
  for (std::string_view name : rules::names_of(fields)) out.emplace_back(name);
  return out;
}

json::object to_json(service::OpeningCode const& code) {
  json::object out{{"entry", code.entry},
                   {"code", nullptr},
                   {"fields", to_json(code.fields)},
                   {"expires_at", base::format_time(code.expires_at)},
                   {"state", service::name_of(code.state)},
                   {"made_by", nullptr}};
  if (code.made_by) out["made_by"] = code.made_by->value();
  if (code.code) out["code"] = service::grouped(code.code->reveal(Disclosure::to_holder));
  return out;
}

json::object to_json(service::ListedProof const& proof) {
  json::array fields;
  for (std::string_view const name : rules::names_of(proof.kept.fields)) fields.emplace_back(name);
  json::object out{{"entry", proof.entry},
                   {"form", service::name_of(proof.kept.form)},
                   {"life", rules::name_of(proof.kept.life)},
                   {"fields", std::move(fields)},
                   {"registration", proof.kept.registration.value()},
                   {"issued_at", base::format_time(proof.kept.issued_at)},
                   {"expires_at", base::format_time(proof.expires_at)},
                   {"copies", proof.kept.copies},
                   {"number", nullptr},
                   {"withdrawn_at", nullptr}};
  if (proof.kept.number) out["number"] = *proof.kept.number;
  if (proof.kept.withdrawn_at) out["withdrawn_at"] = base::format_time(*proof.kept.withdrawn_at);
  return out;
}

json::object to_json(service::HistoryItem const& item, rules::Profile const& profile) {
  log::Entry const& entry = item.entry;
  json::object out{{"entry", entry.seq},
                   {"at", base::format_time(entry.time)},
                   {"operation", entry.operation},
                   {"actor", entry.actor},
                   {"reference", entry.reference},
                   {"fields", json::array(entry.fields.begin(), entry.fields.end())},
                   {"commitment", codec::to_hex(item.commitment)},
                   {"provable", item.provable}};
  if (auto const guardianship = service::guardianship_in(entry)) {
    out["actor"] = "guardian";
    out["guardianship"] = guardianship->value();
  }
  if (entry.first_tried) out["first_tried"] = base::format_time(*entry.first_tried);
  if (entry.office.empty()) return out;
  rules::Office const* const office = profile.office(entry.office);
  out["office"] = {{"id", entry.office}, {"name", office != nullptr ? office->name : entry.office}};
  if (entry.purpose.empty()) return out;
  rules::Purpose const* const purpose = rules::purpose_named(entry.purpose);
  out["purpose"] = {{"id", entry.purpose},
                    {"label", purpose != nullptr ? purpose->label : std::string_view{entry.purpose}}};
  return out;
}

json::object to_json(service::OpenedFields const& opened) {
  json::object out;
  for (rules::Field field : rules::all_fields)
    if (opened.fields.has(field)) add_field(out, field, opened.state.reveal(Disclosure::to_official));
  return out;
}

json::object to_json(service::Identity const& identity) {
  json::object out{{"family_name", identity.names.family},
                   {"given_names", identity.names.given},
                   {"birth_date", date_or_null(identity.birth_date)}};
  out["document"] = {{"kind", identity::name_of(identity.document.kind)}, {"number", identity.document.number}};
  return out;
}

http::Response acted_answer(service::Context const& context, unsigned status, service::Acted const& acted,
                            bool for_child) {
  json::object receipt = to_json(acted.receipt, context);
  if (for_child) receipt = without_number(std::move(receipt));
  json::object body{{"receipt", std::move(receipt)}, {"registration", nullptr}, {"filing_window", nullptr}};
  if (acted.registration) {
    body["registration"] = to_json(*acted.registration, acted.undo_until);
    if (auto const window = rules::filing_window(context.profile(), *acted.registration))
      body["filing_window"] = {{"last_day", base::format_date(window->last_day)}, {"met", window->met}};
  }
  return answer(context.mode, status, std::move(body));
}

http::Response answer(service::Mode mode, unsigned status, json::object body) {
  body["mode"] = service::name_of(mode);
  return http::response(status, "application/json", json::serialize(body));
}

}  // namespace abode::api
