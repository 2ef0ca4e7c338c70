// The parts of the data inventory, and the phrases that they share.
#pragma once

#include "ports/rows.hpp"
#include "service/data_inventory.hpp"

namespace abode::service::internal {

/// What is kept of people: sealed, and in the columns that find, order and check it.
std::span<DataItem const> inventory_of_people();
/// The public log, officials, and the register itself.
std::span<DataItem const> inventory_of_register();

// Who sees it.
inline constexpr std::string_view nobody = "Nobody: only the program works with it";
inline constexpr std::string_view operators = "Whoever runs the register, in its files";
inline constexpr std::string_view everybody = "Everybody: it is in the public log";

// When it goes.
inline constexpr Expiry requests_end{End::on_time, ports::request_lifetime, "the newest of them"};
inline constexpr Expiry stays_for_log{End::stays, {}, "the proofs of everybody's entries rest on it"};

// Why it is not in a person's copy.
inline constexpr std::string_view is_key_hash = "It is a hash that says nothing, even to you.";
inline constexpr std::string_view is_about_register = "It is about the register, not about you.";
inline constexpr std::string_view is_about_official = "It is about an official, not about you.";
inline constexpr std::string_view is_in_history_file = "It is in the history file, which is made for checking.";

// What it is for.
inline constexpr std::string_view for_finding = "To tell records apart and to find yours";
inline constexpr std::string_view for_officials = "To know who acts for an office, and to see misuse";
inline constexpr std::string_view for_log = "To prove entries without telling what is in them";

}  // namespace abode::service::internal
