// No statement that a request may run reads through a large table. The statements are literals (Sql takes nothing
// else), so their list is the source itself: a new one is in it from the start.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "contract/stores.hpp"

namespace abode::contract {
namespace {

/// What runs only when a store is made, opened, copied or restored, and not while it serves.
std::set<std::string> const not_while_serving{"schema.cpp", "store.cpp", "copies.cpp"};

/// Tables that stay small however many people there are.
std::set<std::string> const small{"total",         "meta",       "log",   "official",
                                  "role_proposal", "invitation", "epoch", "status_list"};
/// Steps that read all of a partial index: of the one pending batch; of the keys that were destroyed, once at a start.
std::set<std::string> const partial{"SCAN batch USING INDEX batch_pending",
                                    "SCAN record_key USING INDEX record_key_destroyed"};
/// The newest row, or the newest with a quorum: at most one is kept without.
constexpr std::string_view newest_published = "ORDER BY size DESC, at DESC LIMIT 1";

std::string read_text(std::filesystem::path const& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The string literals of a C++ source; raw ones without a delimiter of their own, as all of ours are.
std::vector<std::string> literals_of(std::string const& source) {
  std::vector<std::string> literals;
  for (std::size_t at = 0; at < source.size(); ++at) {
    if (source.compare(at, 2, "//") == 0) {
      at = std::min(source.find('\n', at), source.size());
    } else if (source.compare(at, 3, "R\"(") == 0) {
      std::size_t const end = source.find(")\"", at);
      literals.push_back(source.substr(at + 3, end - at - 3));
      at = end + 1;
    } else if (source[at] == '\'') {
      at += source[at + 1] == '\\' ? 3U : 2U;
    } else if (source[at] == '"') {
      std::size_t end = at + 1;
      while (source.at(end) != '"') end += source[end] == '\\' ? 2U : 1U;
      literals.push_back(source.substr(at + 1, end - at - 1));
      at = end;
    }
  }
  return literals;
}

bool is_statement(std::string const& literal) {
  for (char const* const verb : {"SELECT ", "INSERT ", "REPLACE ", "UPDATE ", "DELETE ", "WITH "})
    if (literal.starts_with(verb)) return true;
  return false;
}

/// Every statement that runs while a store serves.
std::set<std::string> statements() {
  std::set<std::string> found;
  for (auto const& file : std::filesystem::recursive_directory_iterator{ABODE_SQLITE_SOURCES}) {
    if (file.path().extension() != ".cpp" || not_while_serving.contains(file.path().filename())) continue;
    for (std::string const& literal : literals_of(read_text(file.path())))
      if (is_statement(literal)) found.insert(literal);
  }
  return found;
}

class Connection {
 public:
  Connection(std::filesystem::path const& directory, char const* file) {
    EXPECT_EQ(sqlite3_open((directory / file).c_str(), &connection_), SQLITE_OK);
  }
  ~Connection() { sqlite3_close(connection_); }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  void execute(char const* sql) { EXPECT_EQ(sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr), SQLITE_OK); }

  /// The steps of a statement's plan; nothing if its tables are not in this file.
  std::optional<std::vector<std::string>> plan(std::string const& sql) {
    sqlite3_stmt* statement = nullptr;
    int const code = sqlite3_prepare_v2(connection_, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &statement, nullptr);
    if (code != SQLITE_OK) return std::nullopt;
    std::vector<std::string> steps;
    while (sqlite3_step(statement) == SQLITE_ROW)
      steps.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 3)));
    sqlite3_finalize(statement);
    return steps;
  }

 private:
  sqlite3* connection_ = nullptr;
};

/// "SCAN entry", "SCAN entry USING INDEX ..." read all of a table or index; "SEARCH ..." goes to the rows.
bool reads_all_of_a_large_table(std::string const& sql, std::string const& step) {
  std::istringstream words{step};
  std::string verb;
  std::string table;
  words >> verb >> table;
  if (verb != "SCAN" || table == "CONSTANT") return false;
  if (table == "published" && sql.find(newest_published) != std::string::npos) return false;
  return !small.contains(table) && !partial.contains(step);
}

/// The statements that read through a large table, each with the step that does.
std::map<std::string, std::string> scans(Connection& data, Connection& keys) {
  std::map<std::string, std::string> found;
  for (std::string const& sql : statements()) {
    auto steps = data.plan(sql);
    if (!steps) steps = keys.plan(sql);
    if (!steps) {
      found[sql] = "is not a statement of either file";
      continue;
    }
    for (std::string const& step : *steps)
      if (reads_all_of_a_large_table(sql, step)) found[sql] = step;
  }
  return found;
}

class SqlitePlans : public ::testing::Test {
 protected:
  SqlitePlans() { make_sqlite({.directory = directory.path()}).reset(); }
  TemporaryDirectory const directory;
};

TEST_F(SqlitePlans, NoStatementOfARequestReadsThroughALargeTable) {
  Connection data{directory.path(), "abode.db"};
  Connection keys{directory.path(), "keys.db"};
  EXPECT_GT(statements().size(), 70u) << "the list of statements is not whole";
  for (auto const& [sql, step] : scans(data, keys)) ADD_FAILURE() << step << "\n  in: " << sql;
}

TEST_F(SqlitePlans, WithoutAnIndexTheStatementsThatNeedItAreFound) {
  Connection data{directory.path(), "abode.db"};
  Connection keys{directory.path(), "keys.db"};
  auto const before = scans(data, keys).size();
  data.execute("DROP INDEX opening_code_by_record");
  EXPECT_GT(scans(data, keys).size(), before);
  data.execute("DROP INDEX session_by_record; DROP INDEX document_by_record; DROP INDEX card_by_record;");
  EXPECT_GT(scans(data, keys).size(), before + 3);
}

}  // namespace
}  // namespace abode::contract
