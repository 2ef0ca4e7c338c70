// The data inventory and the tables are the same list, in both directions.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <set>

#include "contract/stores.hpp"
#include "service/data_inventory.hpp"

namespace abode::contract {
namespace {

/// "abode.db record.position" for every column of every table of a file.
std::set<std::string> columns_of(std::filesystem::path const& directory, std::string const& file) {
  sqlite3* connection = nullptr;
  EXPECT_EQ(sqlite3_open((directory / file).c_str(), &connection), SQLITE_OK);
  std::set<std::string> columns;
  sqlite3_stmt* statement = nullptr;
  char const* const sql =
      "SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c WHERE t.type = 'table'";
  EXPECT_EQ(sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr), SQLITE_OK);
  while (sqlite3_step(statement) == SQLITE_ROW)
    columns.insert(file + " " + reinterpret_cast<char const*>(sqlite3_column_text(statement, 0)));
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return columns;
}

TEST(SqliteSchema, G9IsWhatTheDataInventorySaysColumnForColumn) {
  TemporaryDirectory const directory;
  make_sqlite({.directory = directory.path()}).reset();
  std::set<std::string> stored = columns_of(directory.path(), "abode.db");
  stored.merge(columns_of(directory.path(), "keys.db"));
  EXPECT_GT(stored.size(), 60u);
  std::set<std::string> told;
  for (service::DataItem const& item : service::data_inventory())
    if (item.where.find(".db ") != std::string_view::npos) {
      EXPECT_TRUE(told.insert(std::string{item.where}).second) << item.where << " is there twice";
    }
  EXPECT_THAT(told, testing::ContainerEq(stored));
}

TEST(SqliteSchema, KeepsNothingInFilesThatTheInventoryDoesNotName) {
  TemporaryDirectory const directory;
  make_sqlite({.directory = directory.path()}).reset();
  for (auto const& file : std::filesystem::directory_iterator{directory.path()})
    EXPECT_THAT(file.path().filename().string(), testing::AnyOf("abode.db", "keys.db", "lock"));
}

}  // namespace
}  // namespace abode::contract
