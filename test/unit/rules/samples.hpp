// Addresses, commands and states that the tests of the rules begin with.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "rules/residence.hpp"

namespace abode::rules {

inline std::ostream& operator<<(std::ostream& out, Kind kind) {
  return out << name_of(kind);
}
inline std::ostream& operator<<(std::ostream& out, RegistrationId const& id) {
  return out << id.value();
}

namespace sample {

inline base::Time time(std::string_view text) {
  return base::parse_time(text).value();
}
inline base::Date date(std::string_view text) {
  return base::parse_date(text).value();
}

/// A Saturday's noon, from which the tests count.
inline base::Time const noon = time("2026-11-21T12:00:00Z");
inline base::Date const today = base::day_of(noon);

inline Address address(std::string const& line) {
  return {.country = "DE", .lines = {line, "10115 Berlin"}};
}
inline RegistrationId id(std::string const& value) {
  return RegistrationId{value};
}

inline File file(std::string const& name, Kind kind = Kind::main) {
  return {id(name), kind, address("Street of " + name), today};
}
inline Move move(std::string const& from, std::string const& to) {
  return {id(from), id(to), address("Street of " + to), today};
}
inline Correct correct(std::string const& name, std::string const& line) {
  return {id(name), address(line), {}};
}
inline End end(std::string const& name) {
  return {id(name), today};
}
inline Undo undo(std::string const& name) {
  return {id(name)};
}

/// The state after the command, which must be accepted.
inline Residence after(Residence const& state, Command const& command, base::Time now = noon) {
  auto const event = decide(state, command, now);
  EXPECT_TRUE(event) << (event ? "" : event.error().detail);
  return event ? apply(state, *event) : state;
}

/// What the rules answer to a command that they must refuse.
inline base::Error refusal(Residence const& state, Command const& command, base::Time now = noon) {
  auto const event = decide(state, command, now);
  EXPECT_FALSE(event) << "accepted, although it must be refused";
  return event ? base::Error{} : event.error();
}

inline Residence one_main() {
  return after({}, file("home"));
}

}  // namespace sample
}  // namespace abode::rules
