// Work in a process of its own, for what only another process can show: locks, and sudden death.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <stdexcept>

namespace abode::contract {

/// A forked child that runs `work` and ends with its result; it can report numbers to its parent. The parent must not
/// have other threads when it forks.
class Child {
 public:
  using Report = std::function<void(std::uint64_t)>;

  explicit Child(std::function<int(Report)> const& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("no fork");
    if (id_ == 0) {
      int const out = ends[1];
      ::_exit(work([out](std::uint64_t n) { (void)!::write(out, &n, sizeof n); }));
    }
    ::close(ends[1]);
    in_ = ends[0];
  }
  ~Child() {
    kill();
    ::close(in_);
  }
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;

  /// The next report; false when the child has ended and all of its reports are read.
  bool next(std::uint64_t& n) { return ::read(in_, &n, sizeof n) == sizeof n; }

  /// Kills it where it stands.
  void kill() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    (void)wait();
  }

  /// Waits for its end; its result, or -1 if it was killed.
  int wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_ = 0;
  int in_ = -1;
};

}  // namespace abode::contract
