// Loaded into a process before its libraries (LD_PRELOAD), it ends the process with status 98 as soon as it connects
// to somebody: for what may be reached by others and reaches nobody.
#include <sys/socket.h>
#include <unistd.h>

extern "C" int connect(int /*socket*/, sockaddr const* /*address*/, socklen_t /*size*/) {
  ::_exit(98);
}
