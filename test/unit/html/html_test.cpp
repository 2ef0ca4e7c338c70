#include "html/html.hpp"

#include <gtest/gtest.h>

#include <random>
#include <type_traits>

namespace abode::html {
namespace {

TEST(Html, WritesElementsTextAndAttributes) {
  EXPECT_EQ(el("p", "You live at ", el("b", "Hope Street 1"), ".").markup(),
            "<p>You live at <b>Hope Street 1</b>.</p>");
  EXPECT_EQ(el("a", {{"href", "/history"}, {"class", "quiet"}}, "History").markup(),
            "<a href=\"/history\" class=\"quiet\">History</a>");
  EXPECT_EQ(el("p").markup(), "<p></p>");
  EXPECT_EQ(group("a", el("br"), "b").markup(), "a<br>b");
}

TEST(Html, EscapesEveryTextWhereverItStands) {
  std::string const typed = R"(<script>alert("x" & 'y')</script>)";
  std::string const escaped = "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;";
  EXPECT_EQ(el("p", typed).markup(), "<p>" + escaped + "</p>");
  EXPECT_EQ(el("p", {{"title", typed}}).markup(), "<p title=\"" + escaped + "\"></p>");
  EXPECT_EQ(group(typed).markup(), escaped);
  EXPECT_EQ(el("p", "already &amp; escaped").markup(), "<p>already &amp;amp; escaped</p>");
}

TEST(Html, LeavesScriptsOfTheWorldAlone) {
  EXPECT_EQ(el("p", "улица Мира 5, تهران, 東京").markup(), "<p>улица Мира 5, تهران, 東京</p>");
}

TEST(Html, LeavesAttributesOutAndWritesEmptyOnes) {
  EXPECT_EQ(el("input", {{"checked", true}, {"disabled", false}, {"value", ""}, {"id", std::nullopt}}).markup(),
            "<input checked=\"\" value=\"\">");
}

TEST(Html, TakesAnElementOnceItIsMadeAsItIs) {
  Html const inner = el("i", "<");
  EXPECT_EQ(el("b", inner, inner).markup(), "<b><i>&lt;</i><i>&lt;</i></b>");
}

TEST(Html, HasNoWayInForMarkup) {
  static_assert(!std::is_constructible_v<Html, std::string>);
  static_assert(!std::is_constructible_v<Html, char const*>);
  static_assert(!std::is_constructible_v<Name, std::string>);
  static_assert(!std::is_constructible_v<Name, std::string_view>);
}

TEST(Html, WritesADocument) {
  EXPECT_EQ(document(el("html", {{"lang", "en"}})), "<!doctype html>\n<html lang=\"en\"></html>\n");
}

// Whatever is typed, the only markup is ours.
TEST(Html, NoTextOfAnyKindBecomesMarkup) {
  unsigned const seed = std::mt19937::default_seed;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  std::string_view const alphabet = "<>&\"'= /ab\n;#";
  for (int round = 0; round < 2000; ++round) {
    std::string typed;
    for (auto length = random() % 12; length > 0; --length) typed += alphabet[random() % alphabet.size()];
    std::string const made = el("p", {{"title", typed}}, typed).markup();
    std::size_t const tag_end = made.find("\">");
    ASSERT_EQ(made.substr(0, 10), "<p title=\"");
    ASSERT_EQ(made.find('"', 10), tag_end);
    ASSERT_EQ(made.find_first_of("<>\"'", tag_end + 2), made.size() - 4);
    ASSERT_EQ(made.substr(made.size() - 4), "</p>");
  }
}

}  // namespace
}  // namespace abode::html
