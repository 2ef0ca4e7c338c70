// How a record's state is laid out in CBOR. Keys are never renumbered: sealed records keep them. The
// facts had a contact under 4, which is sealed by itself now (contact.hpp).
#include "codec/cbor.hpp"
#include "log/entry.hpp"
#include "service/record.hpp"

namespace abode::service {
namespace {

using codec::CborReader;
using codec::CborWriter;

constexpr std::uint64_t max_touched = 2;

std::int64_t days_of(base::Date date) {
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

constexpr base::Date first_date{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
constexpr base::Date last_date{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

/// A day of the years 1 to 9999, those that format_date can write.
base::Date read_date(CborReader& in) {
  std::int64_t const days = in.signed_int();
  if (days >= days_of(first_date) && days <= days_of(last_date))
    return base::Date{std::chrono::sys_days{std::chrono::days{days}}};
  in.fail();
  return {};
}

/// A second of the years 1970 to 9999, those that an entry can have.
base::Time read_time(CborReader& in) {
  base::Time const time{std::chrono::seconds{in.signed_int()}};
  if (time < base::Time{} || time > log::max_entry_time) in.fail();
  return time;
}

void write_optional_text(CborWriter& out, std::optional<std::string> const& text) {
  if (text)
    out.text(*text);
  else
    out.null();
}

std::optional<std::string> read_optional_text(CborReader& in) {
  if (in.null()) return std::nullopt;
  return in.text();
}

void write_optional_number(CborWriter& out, std::optional<std::int64_t> number) {
  if (number)
    out.signed_int(*number);
  else
    out.null();
}

/// A value of an enum whose enumerators are 0 .. last.
template <class Enum>
Enum read_enum(CborReader& in, Enum last) {
  std::uint64_t const value = in.unsigned_int();
  if (value > static_cast<std::uint64_t>(last)) in.fail();
  return static_cast<Enum>(value);
}

void write(CborWriter& out, rules::Address const& address) {
  out.array(2 + std::size(rules::address_parts)).text(address.country).array(address.lines.size());
  for (std::string const& line : address.lines) out.text(line);
  for (auto const& part : rules::address_parts) write_optional_text(out, address.*part.member);
}

rules::Address read_address(CborReader& in) {
  rules::Address address;
  if (in.array(100) != 2 + std::size(rules::address_parts)) in.fail();
  address.country = in.text();
  std::uint64_t const lines = in.array(rules::max_address_lines);
  for (std::uint64_t i = 0; i < lines; ++i) address.lines.push_back(in.text());
  for (auto const& part : rules::address_parts) address.*part.member = read_optional_text(in);
  return address;
}

void write(CborWriter& out, std::optional<rules::Ending> const& ending) {
  if (!ending) {
    out.null();
    return;
  }
  out.array(3).signed_int(days_of(ending->on)).signed_int(ending->filed_at.time_since_epoch().count());
  write_optional_text(out, ending->moved_to ? std::optional{ending->moved_to->value()} : std::nullopt);
}

std::optional<rules::Ending> read_ending(CborReader& in) {
  if (in.null()) return std::nullopt;
  if (in.array(100) != 3) in.fail();
  rules::Ending ending;
  ending.on = read_date(in);
  ending.filed_at = read_time(in);
  if (auto const moved_to = read_optional_text(in)) ending.moved_to = rules::RegistrationId{*moved_to};
  return ending;
}

void write_filer(CborWriter& out, rules::Filer const& filer) {
  write_optional_text(out, filer ? std::optional{filer->value()} : std::nullopt);
}

rules::Filer read_filer(CborReader& in) {
  auto id = read_optional_text(in);
  if (!id) return std::nullopt;
  return base::GuardianshipId{std::move(*id)};
}

void write(CborWriter& out, rules::Registration const& registration) {
  out.array(10)
      .text(registration.id.value())
      .unsigned_int(static_cast<std::uint64_t>(registration.kind))
      .unsigned_int(static_cast<std::uint64_t>(registration.assurance));
  write(out, registration.address);
  out.signed_int(days_of(registration.since)).signed_int(registration.filed_at.time_since_epoch().count());
  write(out, registration.ended);
  write_optional_number(out, registration.until ? std::optional{days_of(*registration.until)} : std::nullopt);
  write_optional_number(out, registration.confirmed_at
                                 ? std::optional{registration.confirmed_at->time_since_epoch().count()}
                                 : std::nullopt);
  write_filer(out, registration.filed_by);
}

rules::Registration read_registration(CborReader& in) {
  rules::Registration out;
  if (in.array(100) != 10) in.fail();
  out.id = rules::RegistrationId{in.text()};
  out.kind = read_enum(in, rules::Kind::temporary);
  out.assurance = read_enum(in, rules::Assurance::evidence_reviewed);
  out.address = read_address(in);
  out.since = read_date(in);
  out.filed_at = read_time(in);
  out.ended = read_ending(in);
  if (!in.null()) out.until = read_date(in);
  if (!in.null()) out.confirmed_at = read_time(in);
  out.filed_by = read_filer(in);
  return out;
}

void write(CborWriter& out, rules::Undoable const& act) {
  out.array(5).unsigned_int(static_cast<std::uint64_t>(act.act)).signed_int(act.at.time_since_epoch().count());
  out.array(act.before.size());
  for (rules::Registration const& registration : act.before) write(out, registration);
  write_optional_text(out, act.created ? std::optional{act.created->value()} : std::nullopt);
  write_filer(out, act.by);
}

rules::Undoable read_undoable(CborReader& in) {
  rules::Undoable out;
  if (in.array(100) != 5) in.fail();
  out.act = read_enum(in, rules::Act::make_main);
  if (!rules::can_be_undone(out.act)) in.fail();
  out.at = read_time(in);
  std::uint64_t const touched = in.array(max_touched);
  for (std::uint64_t i = 0; i < touched; ++i) out.before.push_back(read_registration(in));
  if (auto const created = read_optional_text(in)) out.created = rules::RegistrationId{*created};
  out.by = read_filer(in);
  return out;
}

void write(CborWriter& out, std::optional<Identity> const& identity) {
  if (!identity) {
    out.null();
    return;
  }
  out.array(5).text(identity->names.family).text(identity->names.given);
  write_optional_number(out, identity->birth_date ? std::optional{days_of(*identity->birth_date)} : std::nullopt);
  out.unsigned_int(static_cast<std::uint64_t>(identity->document.kind)).text(identity->document.number);
}

std::optional<Identity> read_identity(CborReader& in) {
  if (in.null()) return std::nullopt;
  Identity out;
  if (in.array(100) != 5) in.fail();
  out.names.family = in.text();
  out.names.given = in.text();
  if (!in.null()) out.birth_date = read_date(in);
  out.document.kind = read_enum(in, identity::DocumentKind::other);
  out.document.number = in.text();
  return out;
}

void write(CborWriter& out, RectificationRequest const& request) {
  out.array(5)
      .unsigned_int(request.entry)
      .unsigned_int(static_cast<std::uint64_t>(request.field))
      .text(request.wanted)
      .text(request.reason)
      .signed_int(request.filed_at.time_since_epoch().count());
}

RectificationRequest read_rectification(CborReader& in) {
  RectificationRequest out{};
  if (in.array(100) != 5) in.fail();
  out.entry = in.unsigned_int();
  out.field = read_enum(in, rules::Field::birth_date);
  out.wanted = in.text();
  out.reason = in.text();
  out.filed_at = read_time(in);
  return out;
}

void read_facts(CborReader& in, RecordState& state) {
  if (in.map(100) != 5) in.fail();
  in.key(0);
  state.identity = read_identity(in);
  in.key(1);
  std::uint64_t const registrations = in.array(rules::max_registrations);
  for (std::uint64_t i = 0; i < registrations; ++i) state.residence.registrations.push_back(read_registration(in));
  in.key(2);
  std::uint64_t const undoable = in.array(rules::max_undoable);
  for (std::uint64_t i = 0; i < undoable; ++i) state.residence.undoable.push_back(read_undoable(in));
  in.key(3);
  state.card = read_optional_text(in);
  in.key(5);
  std::uint64_t const requests = in.array(max_rectification_requests);
  for (std::uint64_t i = 0; i < requests; ++i) state.rectifications.push_back(read_rectification(in));
}

}  // namespace

base::Bytes encode_facts(RecordState const& state) {
  CborWriter out;
  out.map(5).unsigned_int(0);
  write(out, state.identity);
  out.unsigned_int(1).array(state.residence.registrations.size());
  for (rules::Registration const& registration : state.residence.registrations) write(out, registration);
  out.unsigned_int(2).array(state.residence.undoable.size());
  for (rules::Undoable const& act : state.residence.undoable) write(out, act);
  out.unsigned_int(3);
  write_optional_text(out, state.card);
  out.unsigned_int(5).array(state.rectifications.size());
  for (RectificationRequest const& request : state.rectifications) write(out, request);
  return std::move(out).take();
}

base::Bytes encode_address(rules::Address const& address) {
  CborWriter out;
  write(out, address);
  return std::move(out).take();
}

base::Hash state_tag(RecordState const& state) {
  return log::state_tag(state.tag_key, encode_facts(state));
}

base::Bytes encode_state(RecordState const& state) {
  return std::move(CborWriter{}.map(2).unsigned_int(0).bytes(state.tag_key).unsigned_int(1).bytes(encode_facts(state)))
      .take();
}

base::result<RecordState> decode_state(base::ByteView encoded) {
  RecordState state;
  CborReader in{encoded};
  if (in.map(2) != 2) in.fail();
  in.key(0);
  state.tag_key = in.hash();
  in.key(1);
  base::Bytes const facts = in.bytes();
  if (auto const done = in.finish(); !done) return done.error();
  CborReader inner{facts};
  read_facts(inner, state);
  if (auto const done = inner.finish(); !done) return done.error();
  return state;
}

}  // namespace abode::service
