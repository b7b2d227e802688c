// Watches a run and stops it, with LawBroken, at the first breach of a law of the simulated world:
//   1. a thread is on at most one core, a core runs at most one thread;
//   2. a lock has at most one holder, and only its holder lets go;
//   3. bytecode runs only while its thread holds its interpreter's lock;
//   4. CPU time is conserved: what the threads were charged is what the cores were busy;
//   5. Little's law, exactly: the waiting threads, integrated over time, are the sum of their
//   waits;
//   6. every task is done once: none is lost, none is done twice.
// It keeps books of its own, from what it is told, and compares them with the model's at the end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/os/thread.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

class LawChecker {
 public:
  explicit LawChecker(int cores) : runs_on_core_(static_cast<std::size_t>(cores), kNobody) {}

  void thread_created();
  void lock_created() { holders_.push_back(kNobody); }

  void begins_to_run(std::uint32_t thread, int core, sim::Time now);
  void ceases_to_run(std::uint32_t thread, int core, sim::Time now);

  void waits_for_lock(std::uint32_t thread, sim::Time now);  // again while waiting: no change
  void takes(std::uint32_t thread, std::size_t lock, sim::Time now);
  void lets_go(std::uint32_t thread, std::size_t lock);
  void runs_bytecode(std::uint32_t thread, std::size_t lock) const;

  // At the end of a run: `cpu` by thread, as the machine accounts for it.
  void compare_cpu(const std::vector<sim::Duration>& cpu, sim::Time now);
  void compare_waits(sim::Time now);
  static void compare_tasks(const std::vector<std::uint32_t>& times_done);

 private:
  static constexpr std::int64_t kNobody = -1;
  struct Books {
    std::int64_t core = kNobody;
    sim::Time since;  // on the core
    sim::Duration ran;
    bool waiting = false;
    sim::Time waiting_since;
  };
  void integrate_waiting(sim::Time now);

  std::vector<Books> threads_;
  std::vector<std::int64_t> runs_on_core_;
  std::vector<std::int64_t> holders_;
  std::int64_t waiting_ = 0;
  sim::Time waiting_changed_;
  sim::Duration waiting_integral_;
  sim::Duration sum_of_waits_;
};

}  // namespace gilsim::model
