// Calls that read, write and lock files, pipes and sockets by their descriptor.
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "host/recorder/call.hpp"

using namespace gilsim::recorder;
using gilsim::trace::Call;

#pragma GCC visibility push(default)
extern "C" {

ssize_t read(int file, void* data, size_t size) {
  static constinit Real<ssize_t(int, void*, size_t)> real("read");
  return recorded_call(Call::kRead, real, file, data, size);
}

ssize_t pread64(int file, void* data, size_t size, off64_t offset) {
  static constinit Real<ssize_t(int, void*, size_t, off64_t)> real("pread64");
  return recorded_call(Call::kRead, real, file, data, size, offset);
}

ssize_t readv(int file, const iovec* parts, int count) {
  static constinit Real<ssize_t(int, const iovec*, int)> real("readv");
  return recorded_call(Call::kRead, real, file, parts, count);
}

ssize_t write(int file, const void* data, size_t size) {
  static constinit Real<ssize_t(int, const void*, size_t)> real("write");
  return recorded_call(Call::kWrite, real, file, data, size);
}

ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) {
  static constinit Real<ssize_t(int, const void*, size_t, off64_t)> real("pwrite64");
  return recorded_call(Call::kWrite, real, file, data, size, offset);
}

ssize_t writev(int file, const iovec* parts, int count) {
  static constinit Real<ssize_t(int, const iovec*, int)> real("writev");
  return recorded_call(Call::kWrite, real, file, parts, count);
}

ssize_t sendfile64(int to, int from, off64_t* offset, size_t size) noexcept {
  static constinit Real<ssize_t(int, int, off64_t*, size_t)> real("sendfile64");
  return recorded_call(Call::kSend, real, to, from, offset, size);
}

int fsync(int file) {
  static constinit Real<int(int)> real("fsync");
  return recorded_call(Call::kSync, real, file);
}

int fdatasync(int file) {
  static constinit Real<int(int)> real("fdatasync");
  return recorded_call(Call::kSync, real, file);
}

int flock(int file, int operation) noexcept {
  static constinit Real<int(int, int)> real("flock");
  return recorded_call(Call::kFileLock, real, file, operation);
}

int lockf64(int file, int command, off64_t size) {
  static constinit Real<int(int, int, off64_t)> real("lockf64");
  return recorded_call(Call::kFileLock, real, file, command, size);
}

}  // extern "C"
#pragma GCC visibility pop
