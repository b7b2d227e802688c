#include "host/pinned_thread.hpp"

#include <pthread.h>
#include <sched.h>
#include <time.h>

#include <algorithm>
#include <exception>
#include <string>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

sim::Duration read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return sim::Duration::seconds(now.tv_sec) + sim::Duration::nanoseconds(now.tv_nsec);
}

}  // namespace

void hold_this_thread_to(int core) { let_this_thread_use({core}); }

void let_this_thread_use(const std::vector<int>& cores) {
  const int most = *std::max_element(cores.begin(), cores.end());
  cpu_set_t* set = CPU_ALLOC(most + 1);
  const std::size_t size = CPU_ALLOC_SIZE(most + 1);
  CPU_ZERO_S(size, set);
  for (const int core : cores) CPU_SET_S(core, size, set);
  const int error = pthread_setaffinity_np(pthread_self(), size, set);
  CPU_FREE(set);
  if (error != 0) {
    throw HostError("can't hold a thread to core " + std::to_string(cores.front()) +
                    " (pthread_setaffinity_np failed); was the set of allowed cores changed?");
  }
}

void run_on_core(int core, const std::function<void()>& work) {
  std::exception_ptr failure;
  std::thread thread([&] {
    try {
      hold_this_thread_to(core);
      work();
    } catch (...) {
      failure = std::current_exception();
    }
  });
  thread.join();
  if (failure) std::rethrow_exception(failure);
}

sim::Duration monotonic_now() { return read_clock(CLOCK_MONOTONIC); }

sim::Duration thread_cpu_now() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

void spin_for(sim::Duration time) {
  const sim::Duration end = monotonic_now() + time;
  while (monotonic_now() < end) {
  }
}

}  // namespace gilsim::host
