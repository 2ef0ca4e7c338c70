#include "lists/synthetic.hpp"

#include <fmt/format.h>

#include <array>

#include "codec/csv.hpp"
#include "identity/documents.hpp"
#include "identity/mrz.hpp"
#include "lists/people.hpp"

namespace abode::lists {
namespace {

using identity::MrzSize;

/// SplitMix64 (Steele, Lea and Flood, 2014): a stream for each person, so that any of them can be made alone.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t number) : state_(seed * 0x9e3779b97f4a7c15 + number) { next(); }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <class T, std::size_t N>
  T const& pick(std::array<T, N> const& from) {
    return from[below(N)];
  }

 private:
  std::uint64_t state_;
};

/// A name as its holder writes it and as a zone spells it.
struct Spelling {
  std::string_view own;
  std::string_view zone;
};

constexpr std::array family_names{Spelling{"Specimen", "SPECIMEN"},
                                  Spelling{"Sample", "SAMPLE"},
                                  Spelling{"Example", "EXAMPLE"},
                                  Spelling{"Placeholder", "PLACEHOLDER"},
                                  Spelling{"Mustermann", "MUSTERMANN"},
                                  Spelling{"Образцова", "OBRAZTSOVA"},
                                  Spelling{"Намунаев", "NAMUNAEV"},
                                  Spelling{"Үлгүбек", "ULGUBEK"},
                                  Spelling{"ნიმუშაძე", "NIMUSHADZE"},
                                  Spelling{"Նմուշյան", "NMUSHYAN"},
                                  Spelling{"Nümunəyev", "NUMUNAYEV"},
                                  Spelling{"Namunaboyeva", "NAMUNABOYEVA"},
                                  Spelling{"O'Testwell", "OTESTWELL"},
                                  Spelling{"van der Test", "VAN<DER<TEST"},
                                  Spelling{"Popescu-Exemplu", "POPESCU<EXEMPLU"}};
constexpr std::array given_names{
    Spelling{"Alpha", "ALPHA"},   Spelling{"Bravo", "BRAVO"},      Spelling{"Charlie", "CHARLIE"},
    Spelling{"Delta", "DELTA"},   Spelling{"Echo", "ECHO"},        Spelling{"Foxtrot", "FOXTROT"},
    Spelling{"Golf", "GOLF"},     Spelling{"Hotel", "HOTEL"},      Spelling{"Проба", "PROBA"},
    Spelling{"Օրինակ", "ORINAK"}, Spelling{"მაგალითი", "MAGALITI"}};

struct Person {
  std::string own_family, own_given;
  std::string zone_family, zone_given;
  base::Date birth;
};

Person name_someone(Dice& dice) {
  Spelling const& family = dice.pick(family_names);
  Person person{std::string{family.own}, {}, std::string{family.zone}, {}, {}};
  if (dice.one_in(4)) {
    Spelling const& second = dice.pick(family_names);
    person.own_family.append("-").append(second.own);
    person.zone_family.append("<").append(second.zone);
  }
  if (!dice.one_in(20)) {  // the twentieth has a single name
    for (std::uint64_t left = 1 + dice.below(3); left > 0; --left) {
      Spelling const& given = dice.pick(given_names);
      person.own_given.append(person.own_given.empty() ? "" : " ").append(given.own);
      person.zone_given.append(person.zone_given.empty() ? "" : "<").append(given.zone);
    }
  }
  using std::chrono::year;
  person.birth = base::Date{year{1930 + static_cast<int>(dice.below(90))},
                            std::chrono::month{1 + static_cast<unsigned>(dice.below(12))},
                            std::chrono::day{1 + static_cast<unsigned>(dice.below(28))}};
  return person;
}

/// A number in the letters and digits of documents, always of this length, and different for different `number`.
std::string code_of(std::uint64_t number, std::size_t length) {
  constexpr std::string_view digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string code(length, '0');
  for (std::size_t at = length; at > 0; --at, number /= digits.size()) code[at - 1] = digits[number % digits.size()];
  return code;
}

identity::MrzDate zone_date(base::Date date) {
  return {static_cast<std::uint8_t>(static_cast<int>(date.year()) % 100),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

/// Cuts the name as a zone does that cannot hold it: the family name at most to its field less a given name's initial.
void fit_name(identity::Mrz& zone, std::size_t length) {
  auto const trim = [](std::string& part, std::size_t most) {
    part = part.substr(0, most);
    part.erase(part.find_last_not_of('<') + 1);
  };
  if (zone.secondary_identifier.empty()) return trim(zone.primary_identifier, length);
  trim(zone.primary_identifier, length - 3);
  trim(zone.secondary_identifier, length - 2 - zone.primary_identifier.size());
}

constexpr std::string_view specimen_zone =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

std::string write_zone(Dice& dice, Person const& person, std::uint64_t number) {
  constexpr std::array sizes{MrzSize::td3, MrzSize::td3, MrzSize::td1, MrzSize::td1, MrzSize::td2};
  identity::Mrz zone = identity::parse_mrz(specimen_zone).value();  // of Utopia, like all of them
  zone.optional_data.clear();
  zone.size = dice.pick(sizes);
  zone.document_code = zone.size == MrzSize::td3 ? "P" : "I";
  bool const long_number = zone.size == MrzSize::td1 && dice.one_in(3);
  zone.document_number = "X" + code_of(number, long_number ? 13 : 8);
  zone.primary_identifier = person.zone_family;
  zone.secondary_identifier = person.zone_given;
  fit_name(zone, zone.size == MrzSize::td3 ? 39 : zone.size == MrzSize::td2 ? 31 : 30);
  zone.birth = zone_date(person.birth);
  if (dice.one_in(25)) zone.birth = {};
  if (dice.one_in(25)) zone.birth.day.reset();
  zone.sex = dice.pick(std::array{identity::Sex::female, identity::Sex::male, identity::Sex::unspecified});
  zone.expiry = {static_cast<std::uint8_t>(27 + dice.below(10)), static_cast<std::uint8_t>(1 + dice.below(12)),
                 static_cast<std::uint8_t>(1 + dice.below(28))};
  return identity::write_mrz(zone);
}

}  // namespace

std::string synthetic_header() {
  return codec::to_csv({column_names.begin(), column_names.end()});
}

std::string synthetic_person(std::uint64_t seed, std::uint64_t number) {
  Dice dice{seed, number};
  Person const person = name_someone(dice);
  std::vector<std::string> fields(column_names.size());
  auto const put = [&](Column column, std::string value) {
    fields.at(static_cast<std::size_t>(column)) = std::move(value);
  };
  put(Column::card, "C" + code_of(number, 9));
  if (dice.one_in(5)) {
    put(Column::document_kind, std::string{identity::name_of(identity::DocumentKind::other)});
    put(Column::document_number, "R-" + code_of(number, 9));
    if (!dice.one_in(10)) put(Column::birth_date, base::format_date(person.birth));
  } else {
    put(Column::mrz, write_zone(dice, person, number));
  }
  put(Column::family_name, person.own_family);
  put(Column::given_names, person.own_given);
  if (dice.one_in(2)) put(Column::contact, fmt::format("person{}@example.org", number));
  return codec::to_csv(fields);
}

}  // namespace abode::lists
