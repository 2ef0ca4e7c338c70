// Loaded into a process before its libraries (LD_PRELOAD), it kills the process just before the n-th time that it makes
// something durable: at each step in turn, as no signal from outside can. KILL_AT_STEP is n; steps are counted while
// the file KILL_WHILE is there.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<long> steps = 0;

void step() {
  char const* const at = ::secure_getenv("KILL_AT_STEP");
  char const* const while_there = ::secure_getenv("KILL_WHILE");
  if (at == nullptr || while_there == nullptr || ::access(while_there, F_OK) != 0) return;
  if (++steps == std::atol(at)) ::kill(::getpid(), SIGKILL);
}

template <class Function>
Function* next(char const* name, Function*) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int fsync(int file) {
  step();
  return next("fsync", &fsync)(file);
}
int fdatasync(int file) {
  step();
  return next("fdatasync", &fdatasync)(file);
}
int rename(char const* from, char const* to) noexcept {
  step();
  return next("rename", &rename)(from, to);
}
int renameat2(int from_directory, char const* from, int to_directory, char const* to, unsigned flags) noexcept {
  step();
  return next("renameat2", &renameat2)(from_directory, from, to_directory, to, flags);
}
int ftruncate(int file, off_t size) noexcept {
  step();
  return next("ftruncate", &ftruncate)(file, size);
}
}
