// The calls that take_gil(), drop_gil() and create_gil() make. What each means follows from which
// part of a lock it is given and whether the thread holds that lock:
//   lock(mutex), not holding      a request          signal(switch_cond)  it has the lock
//   lock(mutex), holding          a drop begins      signal(cond)         it has dropped the lock
//   timedwait(cond)               it waits           lock(switch_mutex)   the drop was asked for
//   wait(switch_cond)             until somebody has taken the lock
// Times of takes and drops are read while the mutex is held: they are in the order of events. A
// request that was granted at once leaves no record: the take says it all.
#include <errno.h>
#include <pthread.h>

#include "host/recorder/call.hpp"
#include "host/recorder/lock_table.hpp"
#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"
#include "host/recorder/real.hpp"
#include "host/recorder/task_hook.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {
namespace {

using Phase = ThreadLog::Phase;
using trace::Kind;

constexpr char kConditionVersion[] = "GLIBC_2.3.2";
constexpr std::size_t kAmpleRoom = 64;

int real_lock(pthread_mutex_t* mutex) {
  static constinit Real<int(pthread_mutex_t*)> real("pthread_mutex_lock");
  return real(mutex);
}

int real_trylock(pthread_mutex_t* mutex) {
  static constinit Real<int(pthread_mutex_t*)> real("pthread_mutex_trylock");
  return real(mutex);
}

bool holds(const ThreadLog& log, const Lock& lock) {
  return lock.holder.load(std::memory_order_relaxed) == &log;
}

void note_request(ThreadLog& log) {
  if (log.requested) return;
  log.requested = true;
  record(log, Kind::kRequest, log.lock->number, now());
}

// A new block is taken here rather than later, while the mutex is held.
void make_ample_room(ThreadLog& log) {
  if (log.busy || !is_recording()) return;
  if (!is_fresh_child() && log.end - log.next >= static_cast<std::ptrdiff_t>(kAmpleRoom)) return;
  log.busy = true;
  make_room(log, kAmpleRoom, now());
  log.busy = false;
}

int lock_mutex(ThreadLog& log, Lock& lock, pthread_mutex_t* mutex) {
  log.depth = 0;
  make_ample_room(log);
  log.lock = &lock;
  if (holds(log, lock)) {
    consider_task_hook(log);
    return real_lock(mutex);
  }
  log.phase = Phase::kRequesting;
  log.requested = false;
  if (real_trylock(mutex) == 0) return 0;
  note_request(log);
  return real_lock(mutex);
}

void take(ThreadLog& log) {
  const std::uint64_t time = now();
  log.lock->holder.store(&log, std::memory_order_relaxed);
  log.phase = Phase::kHolding;
  record(log, Kind::kTake, log.lock->number, time);
  sample_cpu_time(log, time);
}

void drop(ThreadLog& log) {
  const std::uint64_t time = now();
  log.lock->holder.store(nullptr, std::memory_order_relaxed);
  log.phase = Phase::kDropped;
  record(log, Kind::kDrop, log.lock->number, time);
  sample_cpu_time(log, time);
}

void note_signal(ThreadLog& log, const pthread_cond_t* condition) {
  if (log.lock == nullptr) return;
  if (log.phase == Phase::kRequesting && log.lock->has(condition, Lock::kSwitchCondition)) {
    take(log);
  } else if (holds(log, *log.lock) && log.lock->has(condition, 0)) {
    drop(log);
  }
}

void note_mutex_made(ThreadLog& log, const pthread_mutex_t* mutex) {
  log.mutexes[0] = log.mutexes[1];
  log.mutexes[1] = reinterpret_cast<std::uintptr_t>(mutex);
  log.condition = 0;
}

void note_condition_made(ThreadLog& log, const pthread_cond_t* condition) {
  const std::uintptr_t base = log.condition;
  const auto made = reinterpret_cast<std::uintptr_t>(condition);
  log.condition = made;
  if (base == 0 || made != base + Lock::kSwitchCondition) return;
  if (log.mutexes[0] != base + Lock::kMutex) return;
  if (log.mutexes[1] != base + Lock::kSwitchMutex) return;
  const Lock* const lock = process().locks.add(base);
  if (lock != nullptr) record(log, Kind::kLockCreated, lock->number, now());
}

}  // namespace
}  // namespace gilsim::recorder

using namespace gilsim::recorder;
using gilsim::trace::Kind;

#pragma GCC visibility push(default)
extern "C" {

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) noexcept {
  static constinit Real<int(pthread_mutex_t*, const pthread_mutexattr_t*)> real(
      "pthread_mutex_init");
  if (is_recording()) note_mutex_made(thread_log(), mutex);
  return real(mutex, attributes);
}

int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) noexcept {
  static constinit Real<int(pthread_cond_t*, const pthread_condattr_t*)> real("pthread_cond_init",
                                                                              kConditionVersion);
  if (is_recording()) note_condition_made(thread_log(), condition);
  return real(condition, attributes);
}

int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
  static constinit Real<int(pthread_cond_t*)> real("pthread_cond_destroy", kConditionVersion);
  if (!process().locks.empty()) {
    const auto base = reinterpret_cast<std::uintptr_t>(condition);
    Lock* const lock =
        process().locks.find(reinterpret_cast<const pthread_mutex_t*>(base + Lock::kMutex));
    if (lock != nullptr) {
      record(thread_log(), Kind::kLockDestroyed, lock->number, now());
      process().locks.remove(lock);
    }
  }
  return real(condition);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  if (process().locks.empty() || !is_recording()) return real_lock(mutex);
  ThreadLog& log = thread_log();
  Lock* const known = log.lock;
  if (known != nullptr && known->has(mutex, Lock::kSwitchMutex)) {
    if (log.phase == ThreadLog::Phase::kDropped) {
      log.phase = ThreadLog::Phase::kForced;
      record(log, Kind::kForced, known->number, now());
    }
    return real_lock(mutex);
  }
  Lock* const lock =
      known != nullptr && known->has(mutex, Lock::kMutex) ? known : process().locks.find(mutex);
  return lock == nullptr ? real_lock(mutex) : lock_mutex(log, *lock, mutex);
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  static constinit Real<int(pthread_cond_t*)> real("pthread_cond_signal", kConditionVersion);
  if (is_recording()) note_signal(thread_log(), condition);
  return real(condition);
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  static constinit Real<int(pthread_cond_t*, pthread_mutex_t*)> real("pthread_cond_wait",
                                                                     kConditionVersion);
  ThreadLog& log = thread_log();
  if (log.lock == nullptr || !log.lock->has(condition, Lock::kSwitchCondition)) {
    return recorded_call(gilsim::trace::Call::kCondition, real, condition, mutex);
  }
  const int result = real(condition, mutex);
  record(log, Kind::kForcedEnd, log.lock->number, now());
  return result;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* until) {
  static constinit Real<int(pthread_cond_t*, pthread_mutex_t*, const timespec*)> real(
      "pthread_cond_timedwait", kConditionVersion);
  ThreadLog& log = thread_log();
  if (log.lock == nullptr || !log.lock->has(condition, 0)) {
    return recorded_call(gilsim::trace::Call::kCondition, real, condition, mutex, until);
  }
  note_request(log);
  const int result = real(condition, mutex, until);
  record(log, result == ETIMEDOUT ? Kind::kTimeout : Kind::kWoken, log.lock->number, now());
  return result;
}

}  // extern "C"
#pragma GCC visibility pop
