// A process for one file. It tells what it found through a pipe: a byte for the outcome, then texts, each after its
// length.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <optional>

#include "scan/scan.hpp"

namespace abode::scan {
namespace {

using base::errc;
using base::fail;
using base::result;
using Texts = std::vector<std::string>;

constexpr char says_found = 'f';
constexpr char says_too_large = 'l';
constexpr char says_malformed = 'm';
/// Codes hold 2,953 bytes at most.
constexpr std::size_t max_answer_bytes = max_codes * std::size_t{max_pages} * 4096;

// What sanitizers map of addresses for themselves is beyond any limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limits_memory = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool limits_memory = false;
#else
constexpr bool limits_memory = true;
#endif
#else
constexpr bool limits_memory = true;
#endif

void limit(int what, rlim_t most) {
  rlimit const wanted{most, most};
  ::setrlimit(what, &wanted);
}

void confine(Confines const& confines) {
  if (limits_memory) limit(RLIMIT_AS, confines.memory_bytes);
  limit(RLIMIT_CPU, confines.time_s);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);  // a pipe is no file
  // What libraries have to say of a broken file is nobody's to read.
  ::close(STDERR_FILENO);
}

void add_text(std::string& to, std::string_view text) {
  base::Bytes size;
  base::append_be(size, static_cast<std::uint32_t>(text.size()));
  to += base::as_text(size);
  to += text;
}

std::string answer_to(base::ByteView file) {
  auto const found = read_codes(file);
  std::string answer;
  if (!found) {
    answer += found.error().code == errc::too_large ? says_too_large : says_malformed;
    add_text(answer, found.error().detail);
    return answer;
  }
  answer += says_found;
  for (std::string const& text : *found) add_text(answer, text);
  return answer;
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    ssize_t const written = ::write(to, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> block{};
  while (text.size() <= max_answer_bytes) {
    ssize_t const got = ::read(from, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(block.data(), static_cast<std::size_t>(got));
  }
  return text;
}

[[noreturn]] void be_the_reader(base::ByteView file, Confines const& confines, int answer_to_parent) {
  confine(confines);
  bool done = false;
  try {
    done = write_all(answer_to_parent, answer_to(file));
  } catch (std::exception const&) {
    done = false;  // no memory left, for one
  }
  ::_exit(done ? 0 : 1);
}

bool ended_well(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::optional<std::string> take_text(std::string_view& from) {
  if (from.size() < 4) return std::nullopt;
  std::size_t size = 0;
  for (char const c : from.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(c);
  from.remove_prefix(4);
  if (from.size() < size) return std::nullopt;
  std::string text{from.substr(0, size)};
  from.remove_prefix(size);
  return text;
}

base::Error did_not_live() {
  return fail(errc::malformed,
              "Reading this file took more memory or time than it may, or it is broken. Make it smaller.");
}

/// Of another process that a hostile file may have taken over: it is believed no more than the file.
result<Texts> read_answer(std::string_view answer) {
  if (answer.empty() || answer.size() > max_answer_bytes) return did_not_live();
  char const outcome = answer[0];
  answer.remove_prefix(1);
  Texts texts;
  while (!answer.empty()) {
    auto text = take_text(answer);
    if (!text) return did_not_live();
    texts.push_back(std::move(*text));
  }
  if (outcome == says_found) return texts;
  if (texts.size() != 1 || (outcome != says_too_large && outcome != says_malformed)) return did_not_live();
  return fail(outcome == says_too_large ? errc::too_large : errc::malformed, std::move(texts[0]));
}

}  // namespace

result<Texts> read_codes_confined(base::ByteView file, Confines const& confines) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return fail(errc::unavailable, "The system gives no pipe. Try again.");
  pid_t const child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    be_the_reader(file, confines, ends[1]);
  }
  ::close(ends[1]);
  std::string const answer = child > 0 ? read_all(ends[0]) : std::string{};
  ::close(ends[0]);
  if (child < 0) return fail(errc::unavailable, "The system gives no process to read the file in. Try again.");
  if (!ended_well(child)) return did_not_live();
  return read_answer(answer);
}

}  // namespace abode::scan
