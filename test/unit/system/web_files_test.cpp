// The built web app, as it is read from its folder.
#include <gtest/gtest.h>

#include "system/files.hpp"
#include "unit/system/scratch.hpp"

namespace abode::system {
namespace {

namespace fs = std::filesystem;
using WebFiles = test::Scratch;
using base::errc;
using test::expect_error;

void put(fs::path const& file, std::string_view content) {
  fs::create_directories(file.parent_path());
  ASSERT_TRUE(write_file(file, base::as_bytes(content), Access::everyone_reads));
}

TEST_F(WebFiles, AreFoundByTheirPathWithTheirEncodings) {
  put(directory / "index.html", "<title>");
  put(directory / "index.html.gz", "zipped");
  put(directory / "index.html.br", "squeezed");
  put(directory / "assets/a-1f.js", "a()");
  auto const files = read_web_files(directory);
  ASSERT_TRUE(files) << files.error().detail;
  ports::WebFile const* const index = (*files)->find("index.html");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->content, "<title>");
  EXPECT_EQ(index->gzip, "zipped");
  EXPECT_EQ(index->brotli, "squeezed");
  EXPECT_EQ(index->media_type, "text/html; charset=utf-8");
  ports::WebFile const* const script = (*files)->find("assets/a-1f.js");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(script->media_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(script->gzip + script->brotli, "");
  EXPECT_TRUE(script->etag.starts_with("W/\"") && script->etag.ends_with('"')) << script->etag;
  EXPECT_NE(script->etag, index->etag);
  for (char const* name : {"", "index.html.gz", "assets", "assets/", "../index.html", "/index.html", "INDEX.HTML"})
    EXPECT_EQ((*files)->find(name), nullptr) << name;
}

TEST_F(WebFiles, AreRefusedIfTheyAreNoWebApp) {
  expect_error(read_web_files(directory / "nowhere"), errc::unavailable, "nowhere");
  expect_error(read_web_files(directory), errc::invalid, "index.html");
  put(directory / "index.html", "<title>");
  ASSERT_TRUE(read_web_files(directory));
  put(directory / "notes.docx", "x");
  expect_error(read_web_files(directory), errc::invalid, "notes.docx");
  fs::remove(directory / "notes.docx");
  put(directory / "large.js", std::string(8 * 1024 * 1024 + 1, ' '));
  expect_error(read_web_files(directory), errc::too_large, "");
}

}  // namespace
}  // namespace abode::system
