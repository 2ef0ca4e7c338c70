// The register's own files, looked at from outside.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace abode::functional {

/// Runs one statement on a database file; the rows, each column as text. Also while a register has the file open.
inline std::vector<std::vector<std::string>> run_sql(std::filesystem::path const& file, std::string const& sql) {
  sqlite3* database = nullptr;
  std::vector<std::vector<std::string>> rows;
  bool done = sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK;
  sqlite3_busy_timeout(database, 5000);
  auto const keep = [](void* to, int columns, char** values, char**) {
    std::vector<std::string> row;
    for (int i = 0; i < columns; ++i) row.emplace_back(values[i] != nullptr ? values[i] : "");
    static_cast<decltype(rows)*>(to)->push_back(std::move(row));
    return 0;
  };
  done = done && sqlite3_exec(database, sql.c_str(), keep, &rows, nullptr) == SQLITE_OK;
  std::string const why = sqlite3_errmsg(database);
  sqlite3_close(database);
  if (!done) throw std::runtime_error(file.string() + ": " + why);
  return rows;
}

/// How many journal entries the register in `directory` holds, in all records and books together.
inline std::uint64_t entries_in(std::filesystem::path const& directory) {
  return std::stoull(run_sql(directory / "abode.db", "SELECT count(*) FROM entry").at(0).at(0));
}

}  // namespace abode::functional
