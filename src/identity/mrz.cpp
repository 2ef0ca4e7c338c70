#include "identity/mrz.hpp"

#include <fmt/format.h>

#include <utility>

#include "identity/internal/faults.hpp"
#include "identity/internal/zone.hpp"

namespace abode::identity {
namespace {

using internal::filler;
using internal::Zone;

std::string without_padding(std::string_view field) {
  return std::string{field.substr(0, field.find_last_not_of(filler) + 1)};
}

MrzDate date_in(std::string_view field) {
  auto const part = [&](std::size_t at) -> std::optional<std::uint8_t> {
    if (field[at] == filler) return std::nullopt;
    return static_cast<std::uint8_t>((field[at] - '0') * 10 + (field[at + 1] - '0'));
  };
  return {part(0), part(2), part(4)};
}

std::string as_field(MrzDate const& date) {
  auto const part = [](std::optional<std::uint8_t> value) { return value ? fmt::format("{:02}", *value) : "<<"; };
  return part(date.year) + part(date.month) + part(date.day);
}

Sex sex_in(std::string_view field) {
  return field == "F" ? Sex::female : field == "M" ? Sex::male : Sex::unspecified;
}

std::string_view as_field(Sex sex) {
  return sex == Sex::female ? "F" : sex == Sex::male ? "M" : "<";
}

std::string name_field(Mrz const& mrz) {
  if (mrz.secondary_identifier.empty()) return mrz.primary_identifier;
  return mrz.primary_identifier + "<<" + mrz.secondary_identifier;
}

/// The fields of a zone in which nothing is at fault.
Mrz fields_of(Zone const& zone, internal::NumberPlaces const& places) {
  internal::Layout const& layout = zone.layout();
  Mrz mrz;
  mrz.size = layout.size;
  mrz.document_code = without_padding(zone.at(layout.document_code));
  mrz.issuing_state = without_padding(zone.at(layout.issuing_state));
  std::string const name = without_padding(zone.at(layout.names));
  std::size_t const gap = name.find("<<");
  mrz.primary_identifier = name.substr(0, gap);
  if (gap != std::string::npos) mrz.secondary_identifier = name.substr(gap + 2);
  for (internal::Span const piece : places.number) mrz.document_number += zone.at(piece);
  mrz.document_number = without_padding(mrz.document_number);
  mrz.nationality = without_padding(zone.at(layout.nationality));
  mrz.birth = date_in(zone.at(layout.birth));
  mrz.sex = sex_in(zone.at(layout.sex));
  mrz.expiry = date_in(zone.at(layout.expiry));
  mrz.optional_data = without_padding(zone.at(places.optional));
  mrz.more_optional_data = without_padding(zone.at(layout.more_optional));
  mrz.optional_check_is_filler = zone.at(layout.optional_check).starts_with(filler);
  return mrz;
}

/// The number with its check digit and the optional data, which a long number shares.
void put_number(Zone& zone, Mrz const& mrz) {
  internal::Layout const& layout = zone.layout();
  std::string_view const number = mrz.document_number;
  if (number.size() <= layout.number.length || !layout.long_numbers) {
    zone.put(layout.number, number);
    zone.put_check_digit(layout.number_check, {layout.number});
    zone.put(layout.optional, mrz.optional_data);
  } else {
    zone.put(layout.number, number.substr(0, layout.number.length));
    zone.put(layout.optional, fmt::format("{}{}{}{}", number.substr(layout.number.length), check_digit(number), filler,
                                          mrz.optional_data));
  }
}

base::Date day_in(std::chrono::year year, MrzDate const& date) {
  return {year, std::chrono::month{*date.month}, std::chrono::day{*date.day}};
}

base::result<base::Date> if_in_calendar(base::Date day, std::string_view what, std::string field) {
  if (day.ok()) return day;
  return base::fail(base::errc::invalid,
                    fmt::format("The {} in the zone is not a calendar date. Compare it with the document; if it is "
                                "printed so, give the date by hand.",
                                what),
                    std::move(field));
}

base::Error incomplete(std::string_view what, std::string field) {
  return base::fail(base::errc::invalid,
                    fmt::format("The {} in the zone is not complete. Give the parts that are known by hand.", what),
                    std::move(field));
}

bool is_complete(MrzDate const& date) {
  return date.year && date.month && date.day;
}

/// The year of the same century as `today` that ends in these two digits.
std::chrono::year same_century(MrzDate const& date, base::Date today) {
  int const year = static_cast<int>(today.year());
  return std::chrono::year{year - year % 100 + *date.year};
}

constexpr std::chrono::years century{100};

}  // namespace

char check_digit(std::string_view field) {
  constexpr unsigned weights[] = {7, 3, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    char const c = field[i];
    int const value = c == filler ? 0 : c <= '9' ? c - '0' : c - 'A' + 10;
    sum += static_cast<unsigned>(value) * weights[i % 3];
  }
  return static_cast<char>('0' + sum % 10);
}

base::result<Mrz> parse_mrz(std::string_view text) {
  auto const zone = internal::read_zone(text);
  if (!zone) return zone.error();
  auto const places = internal::place_number(*zone);
  if (!places) return places.error();
  if (auto fault = internal::find_fault(*zone, *places)) return *fault;
  return fields_of(*zone, *places);
}

std::string write_mrz(Mrz const& mrz) {
  Zone zone{mrz.size};
  internal::Layout const& layout = zone.layout();
  zone.put(layout.document_code, mrz.document_code);
  zone.put(layout.issuing_state, mrz.issuing_state);
  zone.put(layout.names, name_field(mrz));
  zone.put(layout.nationality, mrz.nationality);
  zone.put(layout.birth, as_field(mrz.birth));
  zone.put_check_digit(layout.birth_check, {layout.birth});
  zone.put(layout.sex, as_field(mrz.sex));
  zone.put(layout.expiry, as_field(mrz.expiry));
  zone.put_check_digit(layout.expiry_check, {layout.expiry});
  put_number(zone, mrz);
  if (!mrz.optional_check_is_filler) zone.put_check_digit(layout.optional_check, {layout.optional});
  zone.put(layout.more_optional, mrz.more_optional_data);
  zone.put_check_digit(layout.composite_check, layout.composite);
  return zone.text();
}

bool name_may_be_cut(Mrz const& mrz) {
  return name_field(mrz).size() == internal::layout_of(mrz.size).names.length;
}

base::result<base::Date> date_of_birth(Mrz const& mrz, base::Date today) {
  if (!is_complete(mrz.birth)) return incomplete("birth date", "birth_date");
  std::chrono::year const year = same_century(mrz.birth, today);
  base::Date const day = day_in(year, mrz.birth);
  return if_in_calendar(day > today ? day_in(year - century, mrz.birth) : day, "birth date", "birth_date");
}

base::result<base::Date> date_of_expiry(Mrz const& mrz, base::Date today) {
  if (!is_complete(mrz.expiry)) return incomplete("expiry date", "expiry_date");
  std::chrono::year year = same_century(mrz.expiry, today);
  if (year > today.year() + std::chrono::years{50}) year -= century;
  if (year < today.year() - std::chrono::years{49}) year += century;
  return if_in_calendar(day_in(year, mrz.expiry), "expiry date", "expiry_date");
}

}  // namespace abode::identity
