#include "host/packing_probe.hpp"

#include <sched.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <semaphore>
#include <thread>

#include "host/pinned_thread.hpp"
#include "host/stop.hpp"
#include "models/os/utilisation.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr Duration kRest = Duration::milliseconds(250);
constexpr Duration kSeen = Duration::microseconds(500);  // on an idle core it runs within that

// Waits on the first core, free to run on any, and says where it woke.
class Sleeper {
 public:
  explicit Sleeper(const std::vector<int>& cores) : cores_(cores), thread_([this] { run(); }) {}
  ~Sleeper() {
    over_.store(true);
    wake_.release();
    thread_.join();
  }
  void wake() { wake_.release(); }
  int core() {
    woken_.acquire();
    if (failure_) std::rethrow_exception(failure_);
    return core_;
  }

 private:
  void run() {
    try {
      while (answer_once()) {
      }
    } catch (...) {
      failure_ = std::current_exception();
      woken_.release();
    }
  }
  bool answer_once() {
    hold_this_thread_to(cores_.front());
    let_this_thread_use(cores_);
    wake_.acquire();
    core_ = sched_getcpu();
    if (over_.load()) return false;
    woken_.release();
    return true;
  }

  const std::vector<int>& cores_;
  std::counting_semaphore<> wake_{0};
  std::counting_semaphore<> woken_{0};
  std::exception_ptr failure_;
  std::atomic<bool> over_ = false;
  int core_ = -1;
  std::thread thread_;
};

class Packing {
 public:
  explicit Packing(const NativeProbeOptions& options) : options_(options), sleeper_(options.cores) {
    let_this_thread_use(options.cores);
  }

  // Whether who wakes mostly stays on a core that is utilised by that much.
  bool stays_at(double utilisation) {
    const int tries = options_.quick ? 1 : 5;
    int stayed = 0;
    int moved = 0;
    for (int i = 0; i < 3 * tries && stayed + moved < tries; ++i) {
      throw_if_stopped(options_.stop);
      if (const auto stays = try_once(utilisation)) ++(*stays ? stayed : moved);
    }
    return stayed > moved;
  }

 private:
  // Nothing: this thread was moved itself.
  std::optional<bool> try_once(double utilisation) {
    const int core = options_.cores.front();
    hold_this_thread_to(core);
    std::this_thread::sleep_for(std::chrono::nanoseconds(kRest.count()));
    let_this_thread_use(options_.cores);
    spin_for(model::Utilisation::time_to(utilisation));
    const bool moved = sched_getcpu() != core;
    sleeper_.wake();
    spin_for(kSeen);
    const bool stays = sleeper_.core() == core;
    if (moved || sched_getcpu() != core) return std::nullopt;
    return stays;
  }

  const NativeProbeOptions& options_;
  Sleeper sleeper_;
};

double bisect(Packing& packing, bool quick) {
  double stays = 0.3;
  if (!packing.stays_at(stays)) return 0;
  double moves = 0.98;
  if (packing.stays_at(moves)) return 1;
  while (moves - stays > (quick ? 0.3 : 0.01)) {
    const double middle = (stays + moves) / 2;
    (packing.stays_at(middle) ? stays : moves) = middle;
  }
  return (stays + moves) / 2;
}

}  // namespace

double probe_packing(const NativeProbeOptions& options) {
  if (options.cores.size() < 2) return 0;
  double result = 0;
  run_on_core(options.cores.front(), [&] {
    Packing packing(options);
    result = bisect(packing, options.quick);
  });
  return result;
}

}  // namespace gilsim::host
