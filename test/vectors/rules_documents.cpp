// Machine-readable zones and document numbers, good and bad.
#include <random>

#include "identity/documents.hpp"
#include "identity/names.hpp"
#include "unit/identity/specimens.hpp"
#include "vectors/rules_vectors.hpp"

namespace abode::vectors {
namespace {

using base::Date;
using identity::Mrz;
using identity::MrzSize;
using identity::Sex;
using namespace std::chrono_literals;

json::value to_json(std::optional<std::uint8_t> const& part) {
  return part ? json::value(*part) : json::value(nullptr);
}

json::array to_json(identity::MrzDate const& date) {
  return {to_json(date.year), to_json(date.month), to_json(date.day)};
}

/// The day; "incomplete" or "no-such-day" where there is none.
std::string day_or_why(base::result<Date> const& day, identity::MrzDate const& date) {
  if (day) return base::format_date(*day);
  return date.year && date.month && date.day ? "no-such-day" : "incomplete";
}

json::object to_json(identity::Document const& document) {
  return {{"kind", identity::name_of(document.kind)}, {"number", document.number}};
}

json::object to_json(Mrz const& mrz, Date today) {
  constexpr std::string_view sizes[] = {"td1", "td2", "td3"};
  constexpr std::string_view sexes[] = {"female", "male", "unspecified"};
  identity::Names const names = identity::names_of(mrz);
  return {{"size", sizes[static_cast<std::size_t>(mrz.size)]},
          {"documentCode", mrz.document_code},
          {"issuingState", mrz.issuing_state},
          {"primaryIdentifier", mrz.primary_identifier},
          {"secondaryIdentifier", mrz.secondary_identifier},
          {"documentNumber", mrz.document_number},
          {"nationality", mrz.nationality},
          {"birth", to_json(mrz.birth)},
          {"sex", sexes[static_cast<std::size_t>(mrz.sex)]},
          {"expiry", to_json(mrz.expiry)},
          {"optionalData", mrz.optional_data},
          {"moreOptionalData", mrz.more_optional_data},
          {"nameMayBeCut", identity::name_may_be_cut(mrz)},
          {"dateOfBirth", day_or_why(identity::date_of_birth(mrz, today), mrz.birth)},
          {"dateOfExpiry", day_or_why(identity::date_of_expiry(mrz, today), mrz.expiry)},
          {"names", {names.family, names.given}},
          {"document", to_json(identity::document_of(mrz))}};
}

/// To place years of two digits by.
constexpr Date days[] = {2026y / 11 / 21, 1999y / 12 / 31, 2000y / 1 / 1, 2074y / 8 / 12};

class Zones {
 public:
  void add(std::string const& text) { add(text, days[zones_.size() % std::size(days)]); }

  void add(std::string const& text, Date today) {
    json::object item{{"text", text}, {"today", base::format_date(today)}};
    auto const mrz = identity::parse_mrz(text);
    if (mrz)
      item["zone"] = to_json(*mrz, today);
    else
      item["error"] = refusal_of(mrz.error());
    zones_.push_back(std::move(item));
  }
  json::array const& all() const { return zones_; }

 private:
  json::array zones_;
};

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// Each place with another character in it, left out, and doubled.
void add_broken(Zones& zones, std::string const& good) {
  std::vector<std::string> others{"\xc2\xab", "\xe2\x80\xb9", "\xd0\x9e", "\xf0\x9f\x98\x80"};
  for (char const c : std::string_view{"O0I1S5B8Z2<A7Vo-_ /\n"}) others.emplace_back(1, c);
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto const with = [&](std::string const& instead) { zones.add(std::string{good}.replace(at, 1, instead)); };
    for (std::string const& other : others) with(other);
    with("");
    with(std::string(2, good[at]));
    if (good[at] >= '0' && good[at] <= '9')
      for (char digit = '0'; digit <= '9'; ++digit) with(std::string(1, digit));
  }
}

/// Ways to type the same zone, and texts that are none.
void add_typed(Zones& zones, std::string const& good) {
  zones.add(good);
  zones.add(good + "\n");
  zones.add("\n\n" + replaced(good, "\n", "\r\n\r\n") + "\r\n");
  zones.add(replaced(good, "\n", "\r"));
  zones.add(replaced(good, "\n", ""));
  zones.add(replaced(good, "\n", "") + "<");
  zones.add(replaced(good, "<", " < "));
  zones.add("\xef\xbb\xbf" + replaced(good, "<", "\xc2\xa0<\xe2\x80\x8b\t\v\f"));
  zones.add(good + "\n" + good);
  zones.add(good.substr(0, good.find('\n')));
  zones.add(good + std::string(1100, ' '));
  zones.add(good + std::string(1024 - good.size(), ' '));
  zones.add(good + std::string(1025 - good.size(), ' '));
  zones.add(replaced(good, "0", "O"));
  zones.add(replaced(good, "1", "I"));
  zones.add(replaced(good, "5", "S"));
  zones.add(replaced(good, "8", "B"));
  zones.add(replaced(good, "2", "Z"));
  std::string small = good;
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  zones.add(small);
}

/// Zones of made-up people, from a seed that never changes.
class People {
 public:
  Mrz next() {
    Mrz mrz;
    mrz.size = static_cast<MrzSize>(below(3));
    mrz.document_code = mrz.size == MrzSize::td3 ? one_of({"P", "PM", "PD"}) : one_of({"I", "ID", "AC", "C"});
    mrz.issuing_state = one_of({"UTO", "D", "UZB", "XK"});
    mrz.nationality = one_of({"UTO", "D", "TJK", "XXA"});
    std::size_t const room = mrz.size == MrzSize::td1 ? 30 : mrz.size == MrzSize::td2 ? 31 : 39;
    mrz.primary_identifier = word(letters, 1 + below(12));
    if (below(4) != 0) mrz.secondary_identifier = word(letters, 1 + below(8)) + "<" + word(letters, 1 + below(5));
    if (below(6) == 0) mrz.secondary_identifier = word(letters, room - mrz.primary_identifier.size() - 2);
    bool const is_long = mrz.size != MrzSize::td3 && below(3) == 0;
    mrz.document_number =
        word(letters + digits, is_long ? 10 + below(mrz.size == MrzSize::td1 ? 10 : 2) : 1 + below(9));
    mrz.birth = date();
    mrz.expiry = date();
    mrz.sex = static_cast<Sex>(below(3));
    if (mrz.size == MrzSize::td3) {
      if (below(2) == 0) mrz.optional_data = word(letters + digits, 1 + below(14));
      mrz.optional_check_is_filler = mrz.optional_data.empty() && below(2) == 0;
    } else if (!is_long && below(2) == 0) {
      mrz.optional_data = word(letters + digits, 1 + below(7));
    }
    if (mrz.size == MrzSize::td1 && below(2) == 0) mrz.more_optional_data = word(letters + digits, 1 + below(11));
    return mrz;
  }

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(numbers_()) % limit; }

 private:
  std::string one_of(std::vector<std::string> const& words) { return words[below(words.size())]; }
  std::string word(std::string const& signs, std::size_t length) {
    std::string out;
    while (out.size() < length) out.push_back(signs[below(signs.size())]);
    return out;
  }
  /// Mostly of the calendar; some parts unknown, some of no month or day.
  identity::MrzDate date() {
    auto const part = [&](std::size_t most) -> std::optional<std::uint8_t> {
      if (below(12) == 0) return std::nullopt;
      return static_cast<std::uint8_t>(below(20) == 0 ? below(100) : below(most + 1));
    };
    return {part(99), part(12), part(31)};
  }

  std::string const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string const digits = "0123456789";
  std::mt19937 numbers_{20261128};
};

/// Every year of two digits, seen from each day.
void add_years(Zones& zones) {
  for (std::uint8_t year = 0; year < 100; ++year) {
    Mrz mrz = identity::parse_mrz(identity::specimens::td3).value();
    mrz.birth = {year, 8, 12};
    mrz.expiry = {year, 12, 31};
    for (Date const today : days) zones.add(identity::write_mrz(mrz), today);
  }
}

/// Wrong check digits of fields in which many characters look like others: from one that may be meant to far too many.
void add_lookalikes(Zones& zones) {
  for (std::size_t length = 1; length <= 14; ++length) {
    Mrz mrz = identity::parse_mrz(identity::specimens::td3).value();
    mrz.optional_data = std::string{"O0I1S5B8Z2O0I1"}.substr(0, length);
    std::string const good = identity::write_mrz(mrz);
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = good;
      changed[changed.size() - 2] = digit;
      zones.add(changed);
    }
  }
}

void write_zones(std::filesystem::path const& folder) {
  Zones zones;
  for (auto const& good : {identity::specimens::td1, identity::specimens::td1_long_number, identity::specimens::td2,
                           identity::specimens::td3}) {
    add_typed(zones, good);
    add_broken(zones, good);
  }
  for (char const* none : {"", "\n", "  \t ", "P", "V<UTO", "<\n<\n<\n<", "\xd0\xa3\xd0\x97"}) zones.add(none);
  // A long number whose digits never end, in both sizes.
  zones.add(replaced(identity::specimens::td1_long_number, "7349<<<<<<<<<<<", "734900000000000"));
  zones.add(
      replaced(identity::specimens::td2, "D231458907UTO7408122F1204159<<<<<<<", "D23145890<UTO7408122F12041591234567"));
  add_years(zones);
  add_lookalikes(zones);
  People people;
  for (int n = 0; n < 600; ++n) {
    std::string const good = identity::write_mrz(people.next());
    zones.add(good);
    std::string broken = good;
    broken[people.below(broken.size())] = "0O1I5S8B2Z<X9"[people.below(13)];
    zones.add(broken);
  }
  write(folder / "rules_zones.json", zones.all());
}

void write_numbers(std::filesystem::path const& folder) {
  using identity::DocumentKind;
  json::array out;
  std::string ascii;
  for (char c = 1; c < 0x7f; ++c) ascii.push_back(c);
  std::vector<std::string> const numbers{"L898902C3",
                                         " l898-902/c3 ",
                                         "",
                                         "   ",
                                         "---<<<",
                                         "AB\xd0\x90\xd0\x91 12",
                                         "\xc4\xb1i\xc4\xb0",
                                         "\xd0\x90",
                                         std::string(64, '7'),
                                         std::string(65, '7'),
                                         std::string(65, ' '),
                                         "\xc2\xa0"
                                         "12",
                                         "A\tB\nC",
                                         "a_b.c:d;e",
                                         "[A]{B}`~^",
                                         std::string(63, '7') + "\xc3\xa9",
                                         ascii.substr(0, 60),
                                         ascii.substr(60)};
  for (DocumentKind const kind : {DocumentKind::passport, DocumentKind::identity_card, DocumentKind::other})
    for (std::string const& number : numbers) {
      json::object item{{"kind", identity::name_of(kind)}, {"number", number}};
      auto const document = identity::parse_document(kind, number);
      if (document)
        item["document"] = to_json(*document);
      else
        item["error"] = refusal_of(document.error());
      out.push_back(std::move(item));
    }
  write(folder / "rules_numbers.json", out);
}

}  // namespace

void write_document_vectors(std::filesystem::path const& folder) {
  write_zones(folder);
  write_numbers(folder);
}

}  // namespace abode::vectors
