// abode-scan: reads the file of a stranger for `abode verify` and tells which codes are in it (scan/answer.hpp). What
// the file may break is here: this program knows no secret, reaches nobody, and ends with the file.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <exception>
#include <optional>

#include "pictures/pictures.hpp"
#include "scan/answer.hpp"
#include "scan/scan.hpp"

namespace abode::pictures {
namespace {

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

bool limit(__rlimit_resource what, rlim_t most) {
  rlimit now{};
  if (::getrlimit(what, &now) != 0) return false;
  rlim_t const lower = std::min(most, now.rlim_max);  // whoever started us may have been stricter
  rlimit const wanted{lower, lower};
  return ::setrlimit(what, &wanted) == 0;
}

/// From here on. False if the system does not let us.
bool confine(rlim_t memory_bytes, rlim_t time_s) {
  // What libraries have to say of a broken file is nobody's to read.
  ::close(STDERR_FILENO);
  // Who looks for fonts keeps what it found in a file. That must fail, and not end us.
  if (::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) return false;
  return (!limits_memory || limit(RLIMIT_AS, memory_bytes)) && limit(RLIMIT_CPU, time_s) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_FSIZE, 0) &&  // a socket is no file
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/// All of standard input, up to a byte more than a file may have.
base::Bytes read_file() {
  base::Bytes file;
  std::array<std::uint8_t, 65536> block{};
  while (file.size() <= scan::max_file_bytes) {
    ssize_t const got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    file.insert(file.end(), block.begin(), block.begin() + got);
  }
  return file;
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

std::optional<rlim_t> number(std::string_view text) {
  rlim_t value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

bool answer_for_standard_input() {
  try {
    return write_all(STDOUT_FILENO, scan::write_answer(read_codes(read_file())));
  } catch (std::exception const&) {
    return false;  // no memory left, for one
  }
}

}  // namespace
}  // namespace abode::pictures

int main(int argc, char** argv) {
  namespace pictures = abode::pictures;
  auto const memory_bytes = argc == 3 ? pictures::number(argv[1]) : std::nullopt;
  auto const time_s = argc == 3 ? pictures::number(argv[2]) : std::nullopt;
  if (!memory_bytes || !time_s) {
    pictures::write_all(STDERR_FILENO,
                        "abode-scan reads the codes in a picture or a PDF for abode verify, which starts it:\n"
                        "  abode-scan MEMORY_BYTES TIME_S <FILE\n");
    return 2;
  }
  bool const done = pictures::confine(*memory_bytes, *time_s) && pictures::answer_for_standard_input();
  ::_exit(done ? 0 : 1);  // at once: nothing that a file has led astray is to run any more
}
