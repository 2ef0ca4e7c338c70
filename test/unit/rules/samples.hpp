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
inline Confirm confirm(std::string const& name) {
  return {id(name)};
}
inline Renew renew(std::string const& name, std::optional<base::Date> until) {
  return {id(name), until};
}
inline MakeMain make_main(std::string const& name, std::optional<FormerMain> former = KeepAsSecondary{}) {
  return {id(name), former};
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

inline base::Date days_from_today(int count) {
  return base::Date{std::chrono::sys_days{today} + std::chrono::days{count}};
}

inline void expect_refused(Residence const& state, Command const& command, base::errc code,
                           std::string const& field = {}, base::Time now = noon) {
  base::Error const error = refusal(state, command, now);
  EXPECT_EQ(error.code, code) << error.detail;
  EXPECT_EQ(error.field, field) << error.detail;
  EXPECT_TRUE(error.detail.ends_with('.')) << "not a sentence: " << error.detail;
}

inline Residence one_main() {
  return after({}, file("home"));
}

}  // namespace sample
}  // namespace abode::rules
