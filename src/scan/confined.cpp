// A program for one file. The file goes to its standard input, the answer comes from its standard output: a pair of
// sockets, since only a socket can be written to without a signal if nobody reads.
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>

#include "scan/answer.hpp"
#include "scan/scan.hpp"

namespace abode::scan {
namespace {

using base::errc;
using base::fail;
using base::result;
using Clock = std::chrono::steady_clock;

constexpr int first_descriptor_of_its_own = 3;
/// Of a program that started and whose libraries are not there (ld.so), and of shells that find none.
constexpr int status_of_no_program = 127;

base::Error cannot_start(std::filesystem::path const& program, std::string const& why) {
  return fail(errc::unavailable, "Pictures and PDFs are read by a program of their own, and " + program.string() +
                                     " cannot be started: " + why + ". Install abode-scan beside abode.");
}

struct Running {
  pid_t pid;
  int socket;
};

/// With an empty environment and no descriptor of ours but standard error, for the words of who loads it.
result<Running> start(std::filesystem::path const& program, Confines const& confines) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(errc::unavailable, "The system gives no connection to another program. Try again.");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, first_descriptor_of_its_own);
  std::string name = program.string();
  std::string memory = std::to_string(confines.memory_bytes);
  std::string time = std::to_string(confines.time_s);
  std::array<char*, 4> const arguments{name.data(), memory.data(), time.data(), nullptr};
  std::array<char*, 1> const environment{nullptr};
  pid_t pid = -1;
  int const error = ::posix_spawn(&pid, name.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    return cannot_start(program, std::error_code{error, std::generic_category()}.message());
  }
  return Running{pid, ends[0]};
}

bool is_ready(pollfd& socket, Clock::time_point until) {
  for (;;) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) return false;
    int const ready = ::poll(&socket, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool try_again() {
  return errno == EINTR || errno == EAGAIN;
}

/// False once nobody wants more of it.
bool send_some(int socket, std::string_view& left) {
  ssize_t const sent = ::send(socket, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0) return try_again();
  left.remove_prefix(static_cast<std::size_t>(sent));
  return !left.empty();
}

/// Sends the file and takes the answer at the same time: a program that answers too early must not wait for us while we
/// wait for it. None if it took too long or answered too much.
std::optional<std::string> exchange(int socket, std::string_view file, Clock::time_point until) {
  std::string answer;
  std::array<char, 16384> block{};
  bool sending = true;
  for (;;) {
    pollfd waited{socket, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
    if (!is_ready(waited, until)) return std::nullopt;
    if (sending && !send_some(socket, file)) {
      sending = false;
      ::shutdown(socket, SHUT_WR);
    }
    ssize_t const got = ::recv(socket, block.data(), block.size(), MSG_DONTWAIT);
    if (got < 0 && try_again()) continue;
    if (got <= 0) return answer;
    answer.append(block.data(), static_cast<std::size_t>(got));
    if (answer.size() > max_answer_bytes) return std::nullopt;
  }
}

/// How it ended, by waitpid. One that has said all has come to its end, and no signal changes that; any other is ended.
std::optional<int> end(pid_t pid) {
  ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return std::nullopt;
  return status;
}

}  // namespace

result<std::vector<std::string>> read_codes_confined(std::filesystem::path const& program, base::ByteView file,
                                                     Confines const& confines) {
  if (auto const fits = check_size(file); !fits) return fits.error();
  auto const running = start(program, confines);
  if (!running) return running.error();
  auto const answer =
      exchange(running->socket, base::as_text(file), Clock::now() + std::chrono::seconds{confines.wait_s});
  ::close(running->socket);
  auto const status = end(running->pid);
  if (!answer || !status || !WIFEXITED(*status)) return not_believed();
  if (answer->empty() && WEXITSTATUS(*status) == status_of_no_program)
    return cannot_start(program, "something that it needs is missing");
  if (WEXITSTATUS(*status) != 0) return not_believed();
  return read_answer(*answer);
}

}  // namespace abode::scan
