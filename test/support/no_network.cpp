// Loaded into a process before its libraries (LD_PRELOAD), it ends the process with status 99 as soon as it makes a
// socket: for what has to do without a network.
#include <sys/socket.h>
#include <unistd.h>

extern "C" int socket(int /*domain*/, int /*type*/, int /*protocol*/) noexcept {
  ::_exit(99);
}
