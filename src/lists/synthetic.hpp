// Made-up people, for tests and measurements: lines that lists::read_person takes, all different, the same for the same
// seed. The names say that they are none: Specimen, Sample, Example, in several scripts.
#pragma once

#include <cstdint>
#include <string>

namespace abode::lists {

constexpr std::uint64_t max_synthetic_people = 100'000'000;

/// The header line.
std::string synthetic_header();

/// Person `number` of the population `seed`, as a CSV line. Most have a zone with right check digits (all three sizes;
/// some with a long number, a single name, a name that the zone cuts, a birth date that is unknown in whole or part),
/// the others kind and number. No two numbers of one seed share a card or a document.
std::string synthetic_person(std::uint64_t seed, std::uint64_t number);

}  // namespace abode::lists
