// Calls that wait for time, a semaphore (CPython's own locks: threading.Lock and what is built on
// it) or a child process.
#include <semaphore.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "host/recorder/call.hpp"

using namespace gilsim::recorder;
using gilsim::trace::Call;

#pragma GCC visibility push(default)
extern "C" {

int nanosleep(const timespec* time, timespec* left) {
  static constinit Real<int(const timespec*, timespec*)> real("nanosleep");
  return recorded_call(Call::kSleep, real, time, left);
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  static constinit Real<int(clockid_t, int, const timespec*, timespec*)> real("clock_nanosleep");
  return recorded_call(Call::kSleep, real, clock, flags, time, left);
}

int sem_wait(sem_t* semaphore) {
  static constinit Real<int(sem_t*)> real("sem_wait");
  return recorded_call(Call::kSemaphore, real, semaphore);
}

int sem_timedwait(sem_t* semaphore, const timespec* until) {
  static constinit Real<int(sem_t*, const timespec*)> real("sem_timedwait");
  return recorded_call(Call::kSemaphore, real, semaphore, until);
}

int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
  static constinit Real<int(sem_t*, clockid_t, const timespec*)> real("sem_clockwait");
  return recorded_call(Call::kSemaphore, real, semaphore, clock, until);
}

pid_t waitpid(pid_t process, int* status, int options) {
  static constinit Real<pid_t(pid_t, int*, int)> real("waitpid");
  return recorded_call(Call::kChild, real, process, status, options);
}

pid_t wait4(pid_t process, int* status, int options, rusage* usage) noexcept {
  static constinit Real<pid_t(pid_t, int*, int, rusage*)> real("wait4");
  return recorded_call(Call::kChild, real, process, status, options, usage);
}

int waitid(idtype_t type, id_t process, siginfo_t* found, int options) {
  static constinit Real<int(idtype_t, id_t, siginfo_t*, int)> real("waitid");
  return recorded_call(Call::kChild, real, type, process, found, options);
}

}  // extern "C"
#pragma GCC visibility pop
