#include "system/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace abode::system {
namespace {

using base::errc;
using base::fail;

base::Error cannot_start(std::string const& what, int error) {
  return fail(errc::unavailable,
              "Cannot start " + what + ": " + std::error_code{error, std::generic_category()}.message() + ".");
}

int exit_status(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

base::result<ChildProcess> ChildProcess::start(std::vector<std::string> const& command) {
  int output[2] = {-1, -1};
  int const errors = ::memfd_create("errors", MFD_CLOEXEC);
  if (errors < 0 || ::pipe2(output, O_CLOEXEC) != 0) return cannot_start(command.front(), errno);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  std::vector<char*> arguments;
  for (std::string const& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));  // POSIX takes no const
  arguments.push_back(nullptr);
  pid_t pid = -1;
  int const error = ::posix_spawn(&pid, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(output[1]);
  if (error != 0) {
    ::close(output[0]);
    ::close(errors);
    return cannot_start(command.front(), error);
  }
  return ChildProcess{pid, output[0], errors};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      waiting_(std::move(other.waiting_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  if (this == &other) return *this;
  release();
  pid_ = std::exchange(other.pid_, -1);
  output_ = std::exchange(other.output_, -1);
  errors_ = std::exchange(other.errors_, -1);
  waiting_ = std::move(other.waiting_);
  return *this;
}

ChildProcess::~ChildProcess() {
  release();
}

void ChildProcess::release() {
  kill_at_once();
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  if (errors_ >= 0) ::close(std::exchange(errors_, -1));
}

std::optional<std::string> ChildProcess::read_line(std::chrono::milliseconds timeout) {
  auto const deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    if (std::size_t const end = waiting_.find('\n'); end != std::string::npos) {
      std::string line = waiting_.substr(0, end);
      waiting_.erase(0, end + 1);
      return line;
    }
    auto const left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd readable{output_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0) return std::nullopt;
    char block[4096];
    ssize_t const got = ::read(output_, block, sizeof block);
    if (got <= 0) return std::nullopt;
    waiting_.append(block, static_cast<std::size_t>(got));
  }
}

std::string ChildProcess::errors() const {
  std::string text;
  char block[4096];
  for (ssize_t got = 0; (got = ::pread(errors_, block, sizeof block, static_cast<off_t>(text.size()))) > 0;)
    text.append(block, static_cast<std::size_t>(got));
  return text;
}

void ChildProcess::kill_at_once() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

int ChildProcess::stop() {
  if (pid_ >= 0) ::kill(pid_, SIGTERM);
  return wait();
}

int ChildProcess::wait() {
  if (pid_ < 0) return -1;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return exit_status(status);
}

void protect_process() {
  ::umask(0077);
  rlimit const none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

std::uint64_t resident_bytes() {
  // proc(5): sizes in pages; the second is the resident set.
  std::ifstream statm{"/proc/self/statm"};
  std::uint64_t total_pages = 0;
  std::uint64_t resident_pages = 0;
  if (!(statm >> total_pages >> resident_pages)) return 0;
  return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void yield_to_other_threads() {
  // sched(7): in Linux a niceness belongs to a thread. It may always be raised.
  constexpr int greatest_niceness = 19;
  (void)::setpriority(PRIO_PROCESS, 0, greatest_niceness);
}

std::string own_path() {
  return std::filesystem::read_symlink("/proc/self/exe").string();
}

}  // namespace abode::system
