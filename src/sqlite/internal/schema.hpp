// The tables of both files and the row that says what store they belong to.
#pragma once

#include <optional>

#include "sqlite/internal/database.hpp"
#include "sqlite/store.hpp"

namespace abode::sqlite::internal {

/// Raised with every change of the tables.
constexpr std::int64_t schema_version = 15;

/// Makes the tables and the meta row in one transaction. The file must hold none yet.
void create_data_schema(Database& data, Meta const& meta);
void create_keys_schema(Database& keys, Meta const& meta);

/// The meta row; empty if the file holds no tables yet. errc::unsupported if another version of the program made it.
base::result<std::optional<Meta>> load_meta(Database& database);

}  // namespace abode::sqlite::internal
