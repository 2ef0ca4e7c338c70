// Who reads a file is told nothing but the file, and believed only if it answers as it should.
#include "scan/scan.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "scan/answer.hpp"
#include "support/temporary_directory.hpp"

namespace abode::scan {
namespace {

using base::errc;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Texts = std::vector<std::string>;

/// Enough for a script, and little to wait if one is believed that should not be.
constexpr Confines for_a_script{.wait_s = 10};

/// Shell scripts in the place of abode-scan.
class Programs : public ::testing::Test {
 protected:
  /// What a script that does `lines` is taken to say of `file`.
  base::result<Texts> read_by(std::string const& lines, std::string_view file = "a file",
                              Confines const& confines = for_a_script) const {
    std::filesystem::path const program = folder.path() / "program";
    std::ofstream{program} << "#!/bin/sh\n" << lines << "\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    return read_codes_confined(program, base::as_bytes(file), confines);
  }
  /// Puts an answer where read_by() can find it.
  std::string with_answer(std::string const& bytes) const {
    std::ofstream{folder.path() / "answer", std::ios::binary} << bytes;
    return "cat " + (folder.path() / "answer").string();
  }
  std::string said(std::string const& file) const {
    std::ifstream in{folder.path() / file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  std::string path(std::string const& file) const { return (folder.path() / file).string(); }

  test::TemporaryDirectory folder;
};

void expect_not_believed(base::result<Texts> const& found) {
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, errc::malformed);
  EXPECT_THAT(found.error().detail, HasSubstr("more memory or time"));
}

std::string const good_answer = write_answer(Texts{"first", std::string("\0\n", 2), ""});

TEST_F(Programs, AreBelievedWhatTheyAnswerWell) {
  auto const found = read_by("cat >/dev/null; " + with_answer(good_answer));
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_THAT(*found, ElementsAre("first", std::string("\0\n", 2), ""));
  EXPECT_THAT(read_by("cat >/dev/null; printf f").value(), IsEmpty());
}

TEST_F(Programs, GetTheWholeFileAndItsEnd) {
  std::string const large(max_file_bytes, 'x');
  for (std::string const& file : {std::string{}, std::string("\0\r\n", 3), large}) {
    ASSERT_TRUE(read_by("cat >" + path("got") + "; printf f", file));
    EXPECT_TRUE(said("got") == file) << file.size() << " bytes, " << said("got").size() << " came";
  }
}

TEST_F(Programs, GetTheirLimitsAndNothingElseOfOurs) {
  int const ours = ::dup(0);  // not closed on exec
  ASSERT_GT(ours, 2);
  std::string const look = "cat >/dev/null; echo \"$@\" >" + path("arguments") + "; ls -l /proc/$$/fd | wc -l >" +
                           path("descriptors") + "; tr '\\0' '\\n' </proc/$$/environ >" + path("environment") +
                           "; printf f";
  ASSERT_TRUE(read_by(look, "a file", {.memory_bytes = 12345, .time_s = 6, .wait_s = 10}));
  ::close(ours);
  EXPECT_EQ(said("arguments"), "12345 6\n");
  EXPECT_EQ(said("environment"), "");
  // Three, the shell's own of its script, and a line of ls's.
  EXPECT_THAT(said("descriptors"), ::testing::AnyOf("5\n", "4\n"));
}

TEST_F(Programs, ThatAreTooLargeForOneAreNotStarted) {
  auto const found = read_by("printf f; : >" + path("started"), std::string(max_file_bytes + 1, 'x'));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, errc::too_large);
  EXPECT_FALSE(std::filesystem::exists(path("started")));
}

TEST_F(Programs, ThatAreNotThereAreNamedWithWhatToDo) {
  for (std::string const& program : {path("nowhere"), folder.path().string()}) {
    auto const found = read_codes_confined(program, base::as_bytes("a file"));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, errc::unavailable);
    EXPECT_THAT(found.error().detail, HasSubstr(program + " cannot be started"));
    EXPECT_THAT(found.error().detail, HasSubstr("Install abode-scan beside abode."));
  }
  auto const without_libraries = read_by("exit 127");
  ASSERT_FALSE(without_libraries);
  EXPECT_EQ(without_libraries.error().code, errc::unavailable);
}

TEST_F(Programs, ThatDieEarlyAreNotBelieved) {
  std::string const large(1'000'000, 'x');
  for (char const* lines : {"exit 0", "exit 1", "kill -9 $$", "head -c 10 >/dev/null", "exec <&-; exit 1"}) {
    expect_not_believed(read_by(lines));
    expect_not_believed(read_by(lines, large));
  }
}

TEST_F(Programs, ThatEndBadlyAreNotBelieved) {
  std::string const answer = "cat >/dev/null; " + with_answer(good_answer);
  for (char const* then : {"; exit 1", "; exit 127", "; kill -9 $$", "; exec >&- <&-; exec sleep 60"})
    expect_not_believed(read_by(answer + then));
}

TEST_F(Programs, ThatAnswerNonsenseAreNotBelieved) {
  expect_not_believed(read_codes_confined("/bin/true", base::as_bytes("a file")));
  expect_not_believed(read_by("exec cat"));
  expect_not_believed(read_by("exec cat", std::string(max_file_bytes, 'x')));  // it stops reading until it is read
  expect_not_believed(read_by("cat >/dev/null; " + with_answer(good_answer + "x")));
}

TEST_F(Programs, ThatAnswerTooMuchAreNotBelieved) {
  std::string const most = write_answer(Texts{std::string(max_answer_bytes - 5, 'x')});
  ASSERT_EQ(most.size(), max_answer_bytes);
  EXPECT_TRUE(read_by("cat >/dev/null; " + with_answer(most)));
  std::string const more = write_answer(Texts{std::string(max_answer_bytes - 4, 'x')});
  expect_not_believed(read_by("cat >/dev/null; " + with_answer(more)));
  auto const before = std::chrono::steady_clock::now();
  expect_not_believed(read_by("exec cat /dev/zero"));
  expect_not_believed(read_by("printf f; exec cat /dev/zero", std::string(max_file_bytes, 'x')));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{for_a_script.wait_s})
      << "and not only when the time is over";
}

TEST_F(Programs, ThatDoNothingAreEnded) {
  expect_not_believed(read_by("exec sleep 60", "a file", {.wait_s = 1}));
  expect_not_believed(read_by("cat >/dev/null; printf f; exec sleep 60", "a file", {.wait_s = 1}));
}

TEST(Answers, AreReadAsTheyWereWritten) {
  for (Texts const& texts : {Texts{}, Texts{""}, Texts{"a", "", std::string(70'000, 'b')}}) {
    auto const read = read_answer(write_answer(texts));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, texts);
  }
  for (errc const code : {errc::malformed, errc::too_large}) {
    auto const read = read_answer(write_answer(base::fail(code, "This is why.")));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code);
    EXPECT_EQ(read.error().detail, "This is why.");
  }
}

TEST(Answers, OfAnotherFormAreNotBelieved) {
  std::string const size_of_all("\xff\xff\xff\xff", 4);
  std::string const two = std::string("\0\0\0\1a\0\0\0\1b", 10);
  for (std::string const& answer :
       {std::string{}, std::string{"x"}, std::string{"m"}, std::string{"l"}, "f" + size_of_all, "f" + size_of_all + "a",
        write_answer(Texts{std::string(max_answer_bytes - 4, 'x')}), "m" + two, "l" + two, "x" + two,
        std::string("f\0\0\0", 4), std::string("f\0\0\0\2a", 6), good_answer + "a"})
    expect_not_believed(read_answer(answer));
  for (std::size_t size = 1; size < good_answer.size(); ++size) {
    auto const read = read_answer(std::string_view{good_answer}.substr(0, size));
    EXPECT_TRUE(!read || read->size() < 3) << size;
  }
}

TEST(Answers, SayWhatIsWrongInPlainText) {
  for (std::string const& sentence : {std::string{"\x1b[2J"}, std::string{"a\nb"}, std::string{"\x7f"},
                                      std::string("a\0", 2), std::string{"\xc2\x9b"}, std::string(301, 'x')})
    expect_not_believed(read_answer(write_answer(base::fail(errc::malformed, sentence))));
  EXPECT_THAT(read_answer(write_answer(base::fail(errc::malformed, std::string(300, 'x')))).error().detail,
              StartsWith("xxx"));
}

TEST(Kinds, AreToldByHowAFileBegins) {
  EXPECT_EQ(kind_of(base::as_bytes("%PDF-1.7")), Kind::pdf);
  EXPECT_EQ(kind_of(base::as_bytes("\x89PNG\r\n\x1a\n...")), Kind::png);
  EXPECT_EQ(kind_of(base::as_bytes("\xff\xd8\xff\xe0...")), Kind::jpeg);
  EXPECT_EQ(kind_of(base::as_bytes("{}")), Kind::other);
  EXPECT_EQ(kind_of({}), Kind::other);
}

}  // namespace
}  // namespace abode::scan
