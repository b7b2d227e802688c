// pthread_create: which thread made which, and when the new one began to run.
#include <pthread.h>
#include <stdlib.h>

#include "host/recorder/call.hpp"
#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"
#include "host/recorder/real.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {
namespace {

struct Start {
  void* (*routine)(void*);
  void* argument;
  std::uint32_t creator;
};

void* run_thread(void* value) {
  const Start start = *static_cast<Start*>(value);
  free(value);
  ThreadLog& log = thread_log();
  log.creator = start.creator;
  log.start = now();
  return start.routine(start.argument);
}

}  // namespace
}  // namespace gilsim::recorder

using namespace gilsim::recorder;

#pragma GCC visibility push(default)
extern "C" {

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                   void* argument) noexcept {
  static constinit Real<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)> real(
      "pthread_create");
  ThreadLog& log = thread_log();
  if (!is_recorded_caller(log)) return real(thread, attributes, routine, argument);
  auto* const start = static_cast<Start*>(malloc(sizeof(Start)));
  if (start == nullptr) return real(thread, attributes, routine, argument);
  *start = {routine, argument, log.thread};
  record(log, gilsim::trace::Kind::kThreadCreating, 0, now());
  const int result = real(thread, attributes, run_thread, start);
  if (result != 0) free(start);
  return result;
}

int pthread_join(pthread_t thread, void** value) {
  static constinit Real<int(pthread_t, void**)> real("pthread_join");
  return recorded_call(gilsim::trace::Call::kJoin, real, thread, value);
}

}  // extern "C"
#pragma GCC visibility pop
