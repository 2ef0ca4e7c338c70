// The log's CBOR, good and in other forms: entries and epochs.
#include <limits>

#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "log/entry.hpp"
#include "log/epoch.hpp"
#include "vectors/log_vectors.hpp"

namespace abode::vectors {
namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

std::string text_of(base::Bytes const& bytes) {
  return std::string{base::as_text(bytes)};
}

log::Entry example() {
  log::Entry entry;
  entry.position = 77;
  entry.seq = 3;
  entry.previous.fill(0x11);
  entry.time = base::parse_time("2026-11-21T23:45:22Z").value();
  entry.actor = "registrar-4";
  entry.office = "M\u00fcnster \u2013 S\u00fcd";
  entry.purpose = "correct-record";
  entry.reference = "case-2026-17";
  entry.operation = "open";
  entry.fields = {"family_name", "address"};
  entry.before.fill(0x22);
  entry.after.fill(0x33);
  return entry;
}

/// What an entry's bytes would be without the rules that encode_entry has, and with members out of their order.
struct LooseEntry {
  log::Entry entry = example();
  std::uint64_t version = 1;
  std::int64_t time = example().time.time_since_epoch().count();
  std::uint64_t members = 13;
  std::uint64_t first_key = 0;
  std::optional<std::int64_t> first_tried = {};

  std::string encoded() const {
    codec::CborWriter writer;
    std::uint64_t key = first_key;
    auto const next = [&]() -> codec::CborWriter& { return writer.unsigned_int(key++); };
    writer.map(members);
    next().unsigned_int(version);
    next().unsigned_int(entry.position);
    next().unsigned_int(entry.seq);
    next().bytes(entry.previous);
    next().signed_int(time);
    for (std::string const* text : {&entry.actor, &entry.office, &entry.purpose, &entry.reference, &entry.operation})
      next().text(*text);
    next().array(entry.fields.size());
    for (std::string const& name : entry.fields) writer.text(name);
    next().bytes(entry.before);
    next().bytes(entry.after);
    if (first_tried) next().signed_int(*first_tried);
    return text_of(std::move(writer).take());
  }
};

void add_texts(std::vector<Named>& to) {
  std::string log::Entry::* const members[] = {&log::Entry::actor, &log::Entry::office, &log::Entry::purpose,
                                               &log::Entry::reference, &log::Entry::operation};
  std::vector<std::string> const texts{"",
                                       std::string(32, 'a'),
                                       std::string(33, 'a'),
                                       std::string(64, 'a'),
                                       std::string(65, 'a'),
                                       "\u00e9\u20ac\U0001f600",
                                       "\xef\xbb\xbfmark",
                                       "\n",
                                       "\x7f",
                                       "\u0080",
                                       "\u009f",
                                       "\u00a0",
                                       "\xff",
                                       "\xc3",
                                       "\xc0\xaf",
                                       "\xed\xa0\x80",
                                       "\xf4\x90\x80\x80",
                                       "\xe2\x82",
                                       "\uffff"};
  for (auto const member : members)
    for (std::string const& text : texts) {
      LooseEntry loose;
      loose.entry.*member = text;
      to.push_back({"a text", loose.encoded()});
    }
  for (std::string const& text : texts) {
    LooseEntry loose;
    loose.entry.fields = {"address", text.substr(0, 30)};
    to.push_back({"a field", loose.encoded()});
  }
}

/// Forms that RFC 8949 knows and deterministic encoding has not: a longer head, an indefinite length, a tag, a float.
void add_cbor_forms(std::vector<Named>& to, std::string const& good) {
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto const byte = static_cast<std::uint8_t>(good[at]);
    unsigned const info = byte & 31u;
    std::string const before = good.substr(0, at);
    std::string const after = good.substr(at + 1);
    std::string const which = "byte " + std::to_string(at);
    auto const head = [&](unsigned to_info) { return std::string(1, static_cast<char>((byte & 0xe0u) | to_info)); };
    if (info < 24) {
      to.push_back({which + " in a head of 1", before + head(24) + static_cast<char>(info) + after});
      to.push_back(
          {which + " in a head of 2", before + head(25) + std::string(1, '\0') + static_cast<char>(info) + after});
      to.push_back(
          {which + " in a head of 4", before + head(26) + std::string(3, '\0') + static_cast<char>(info) + after});
      to.push_back(
          {which + " in a head of 8", before + head(27) + std::string(7, '\0') + static_cast<char>(info) + after});
    }
    for (unsigned odd : {28u, 30u, 31u})
      to.push_back({which + " with info " + std::to_string(odd), before + head(odd) + after});
    for (unsigned major = 0; major < 8; ++major)
      to.push_back(
          {which + " of major type " + std::to_string(major), before + static_cast<char>(major << 5 | info) + after});
    to.push_back({which + " under a tag", before + static_cast<char>(0xc1) + good.substr(at)});
  }
  for (std::size_t size = 0; size < good.size(); ++size)
    to.push_back({"cut to " + std::to_string(size), good.substr(0, size)});
}

/// Times about the ends of 64 bits with their sign, in place of the one that stands under `key` in 4 bytes.
void add_times(std::vector<Named>& to, std::string const& good, char key) {
  std::size_t const at = good.find(std::string{key, '\x1a'}) + 1;
  for (unsigned major : {0u, 1u})
    for (std::uint64_t const number : {largest >> 1, (largest >> 1) + 1, largest}) {
      base::Bytes raw{static_cast<std::uint8_t>(major << 5 | 27u)};
      base::append_be(raw, number);
      to.push_back({"time " + codec::to_hex(raw), good.substr(0, at) + text_of(raw) + good.substr(at + 5)});
    }
}

/// Entries that say when they were first tried: good and bad times, and what version and members do not agree on.
void add_first_tries(std::vector<Named>& to) {
  std::int64_t const minute = example().time.time_since_epoch().count() / 60 * 60;
  auto const add = [&](std::string const& how, std::int64_t tried, auto const& change) {
    LooseEntry late{.version = 2, .members = 14, .first_tried = tried};
    change(late);
    to.push_back({how, late.encoded()});
  };
  auto const as_it_is = [](LooseEntry&) {};
  for (std::int64_t const tried :
       {std::int64_t{0}, std::int64_t{60}, std::int64_t{59}, std::int64_t{-60}, minute - 72 * 3'600, minute - 60,
        minute - 1, minute, minute + 1, minute + 60, minute + 86'400, last_second / 60 * 60, last_second + 1,
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
    add("first tried at " + std::to_string(tried), tried, as_it_is);
  add("first tried in the second itself", minute, [&](LooseEntry& e) { e.time = minute; });
  add("first tried, and too late", minute, [&](LooseEntry& e) { e.time = last_second + 1; });
  add("first tried, and no operation", minute + 60, [](LooseEntry& e) { e.entry.operation.clear(); });
  for (std::uint64_t const version : {0u, 1u, 3u})
    add("first tried, in version " + std::to_string(version), minute, [&](LooseEntry& e) { e.version = version; });
  for (std::uint64_t const members : {0u, 12u, 13u, 15u})
    add("first tried, of " + std::to_string(members), minute, [&](LooseEntry& e) { e.members = members; });
  add("one member more, in version 1", minute, [](LooseEntry& e) { e.version = 1, e.members = 13; });
  add("one member less, in version 2", minute, [](LooseEntry& e) { e.first_tried.reset(); });
  LooseEntry const late{.version = 2, .members = 14, .first_tried = minute};
  add_times(to, late.encoded(), '\15');
  add_broken(to, late.encoded());
}

void write_entries(std::filesystem::path const& folder) {
  std::string const good = text_of(log::encode_entry(example()).value());
  std::vector<Named> texts{{"good", good}};
  auto const add = [&](std::string const& how, auto const& breach) {
    LooseEntry loose;
    breach(loose);
    texts.push_back({how, loose.encoded()});
  };
  for (std::uint64_t const number :
       {std::uint64_t{0}, std::uint64_t{23}, std::uint64_t{24}, std::uint64_t{255}, std::uint64_t{256},
        std::uint64_t{65'536}, std::uint64_t{1} << 32, (std::uint64_t{1} << 53) + 1, std::uint64_t{1} << 63, largest}) {
    add("position " + std::to_string(number), [&](LooseEntry& e) { e.entry.position = number; });
    add("seq " + std::to_string(number), [&](LooseEntry& e) { e.entry.seq = number; });
    add("version " + std::to_string(number), [&](LooseEntry& e) { e.version = number; });
  }
  for (std::int64_t const time : {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                                  std::numeric_limits<std::int64_t>::max(), last_second, last_second + 1})
    add("time " + std::to_string(time), [&](LooseEntry& e) { e.time = time; });
  for (std::uint64_t const members : {0u, 1u, 12u, 14u, 255u, 256u}) {
    add("members " + std::to_string(members), [&](LooseEntry& e) { e.members = members; });
    add("members of version 2", [&](LooseEntry& e) {
      e.members = members;
      e.version = 2;
    });
  }
  add_first_tries(texts);
  add("keys from 1", [](LooseEntry& e) { e.first_key = 1; });
  add("entry 0 without one before", [](LooseEntry& e) { e.entry.seq = 0, e.entry.previous = {}; });
  for (std::size_t const count : {0u, 8u, 9u, 24u})
    add("fields", [&](LooseEntry& e) { e.entry.fields.assign(count, "f"); });
  add("over 800 bytes", [](LooseEntry& e) { e.entry.fields.assign(8, std::string(90, 'f')); });
  add_texts(texts);
  add_times(texts, good, '\4');
  add_cbor_forms(texts, good);
  add_broken(texts, good);
  log::Salt salt;
  salt.fill(0x44);
  json::object file = patched_cases(texts, [&](std::string const& text) -> json::object {
    auto const entry = log::decode_entry(base::as_bytes(text));
    if (!entry) return refusal_of(entry.error());
    base::Hash const bound = log::commitment(salt, base::as_bytes(text));
    return {{"position", digits(entry->position)},
            {"seq", digits(entry->seq)},
            {"time", entry->time.time_since_epoch().count()},
            {"first_tried", entry->first_tried ? json::value(entry->first_tried->time_since_epoch().count()) : nullptr},
            {"texts", json::array{entry->actor, entry->office, entry->purpose, entry->reference, entry->operation}},
            {"fields", json::array(entry->fields.begin(), entry->fields.end())},
            {"hashes", codec::to_hex(entry->previous) + codec::to_hex(entry->before) + codec::to_hex(entry->after)},
            {"commitment", codec::to_base64(bound)},
            {"state_mac", codec::to_base64(log::state_mac(salt, log::state_tag(entry->before, base::as_bytes(text))))}};
  });
  file["salt"] = codec::to_base64(salt);
  write(folder / "log_entries.json", file);
}

log::Epoch epoch(std::uint64_t number, std::string_view time = "2026-01-01T00:00:05Z") {
  return {1, number, base::parse_time(time).value(), std::chrono::hours{24}, 4711, 8192, {1, 2, 3}};
}

json::object to_json(log::Epoch const& epoch) {
  return {{"number", digits(epoch.number)},       {"time", epoch.time.time_since_epoch().count()},
          {"length", epoch.length.count()},       {"covered", digits(epoch.covered)},
          {"positions", digits(epoch.positions)}, {"root", codec::to_base64(epoch.root)}};
}

json::object epoch_leaves() {
  std::string const good = text_of(log::leaf_of(epoch(7)));
  std::vector<Named> texts{{"good", good}};
  auto const add = [&](std::string const& how, auto const& breach) {
    log::Epoch changed = epoch(7);
    breach(changed);
    texts.push_back({how, text_of(log::leaf_of(changed))});
  };
  for (std::uint64_t const number : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{1} << 33,
                                     std::uint64_t{1} << 63, largest}) {
    add("positions " + std::to_string(number), [&](log::Epoch& e) { e.positions = number; });
    add("covered " + std::to_string(number), [&](log::Epoch& e) { e.covered = number; });
    add("number " + std::to_string(number), [&](log::Epoch& e) { e.number = number; });
    add("version " + std::to_string(number), [&](log::Epoch& e) { e.version = number; });
  }
  for (std::int64_t const seconds :
       {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, std::int64_t{2'678'400}, std::int64_t{2'678'401},
        std::int64_t{253'402'300'799 - 2'678'400}, std::int64_t{253'402'300'800 - 2'678'400},
        std::numeric_limits<std::int64_t>::max()}) {
    add("time " + std::to_string(seconds), [&](log::Epoch& e) { e.time = base::Time{std::chrono::seconds{seconds}}; });
    add("length " + std::to_string(seconds), [&](log::Epoch& e) { e.length = std::chrono::seconds{seconds}; });
  }
  texts.push_back({"nothing", ""});
  for (char const kind : {'\1', '\3', '\4'})
    texts.push_back({"of another kind", std::string(1, kind) + good.substr(1)});
  add_times(texts, good, '\2');
  add_cbor_forms(texts, good);
  add_broken(texts, good);
  return patched_cases(texts, [](std::string const& text) -> json::object {
    auto const read = log::parse_epoch_leaf(base::as_bytes(text));
    if (!read) return refusal_of(read.error());
    if (!*read) return {{"code", "not-an-epoch"}};
    return to_json(**read);
  });
}

/// Lists of epochs, one a day from 1 January 2026 on, in which some are not.
json::array lists_of_epochs() {
  json::array lists;
  auto const add = [&](std::function<bool(std::uint64_t)> const& has) {
    std::vector<log::Epoch> listed;
    for (std::uint64_t n = 0; n < 400; ++n) {
      if (!has(n)) continue;
      listed.push_back(epoch(n));
      listed.back().time += std::chrono::days{n};
    }
    json::array leaves;
    for (log::Epoch const& one : listed) leaves.emplace_back(codec::to_base64(log::leaf_of(one)));
    json::array missing;
    for (log::EpochRange const& range : log::missing_between(listed))
      missing.push_back(json::array{digits(range.first), digits(range.last)});
    lists.push_back(json::object{{"leaves", std::move(leaves)}, {"missing", std::move(missing)}});
  };
  auto const is_last_of_month = [](std::uint64_t n) {
    base::Date const next = base::day_of(epoch(0).time + std::chrono::days{n + 1});
    return next.day() == std::chrono::day{1};
  };
  auto const kept = [&](std::uint64_t n) { return n == 0 || n > 309 || is_last_of_month(n); };
  add([](std::uint64_t) { return true; });
  add([](std::uint64_t) { return false; });
  add(kept);
  for (std::uint64_t out : {0u, 1u, 30u, 58u, 89u, 150u, 303u, 310u, 311u, 398u, 399u})
    add([&](std::uint64_t n) { return kept(n) && n != out; });
  for (std::uint64_t first : {1u, 31u, 200u, 395u}) add([&](std::uint64_t n) { return kept(n) && n >= first; });
  for (std::uint64_t step : {2u, 7u, 28u, 31u, 40u, 90u, 91u}) add([&](std::uint64_t n) { return n % step == 0; });
  return lists;
}

json::array overdue_times() {
  json::array cases;
  log::Epoch const newest = epoch(7);
  for (std::int64_t const after_s : {-1, 0, 86'400, 172'800, 172'919, 172'920, 172'921, 1'000'000}) {
    base::Time const seen = newest.time + std::chrono::seconds{after_s};
    auto const overdue = log::overdue_at(newest, seen);
    json::object one{{"seen", seen.time_since_epoch().count()}, {"overdue", nullptr}};
    if (overdue) one["overdue"] = overdue->time_since_epoch().count();
    cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace

void write_log_cbor(std::filesystem::path const& folder) {
  write_entries(folder);
  json::object epochs = epoch_leaves();
  epochs["lists"] = lists_of_epochs();
  epochs["newest"] = codec::to_base64(log::leaf_of(epoch(7)));
  epochs["overdue"] = overdue_times();
  write(folder / "log_epochs.json", epochs);
}

}  // namespace abode::vectors
