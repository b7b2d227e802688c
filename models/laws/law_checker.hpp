// Watches a run and stops it, with LawBroken, at the first breach of a law of the simulated world:
//   1. a thread is on at most one core, a core runs at most one thread;
//   2. an exclusive lock has at most one holder, and only a holder lets go;
//   3. bytecode runs only while its thread holds its interpreter's lock;
//   4. CPU time is conserved: what the threads were charged is what the cores were busy;
//   5. lock time is conserved: what the threads held is what the lock was held;
//   6. Little's law, exactly: the number of threads that wait, integrated over time by the lock, is
//      the sum of the waits that the threads had;
//   7. every task is done once: none is lost, none is done twice;
//   8. nobody waits for ever: a deadlock is named (wait_for.hpp).
// 1, 2 and 3 are kept as the run goes on, the others at its end: there the books kept here, from
// what the threads do, are compared with those of the machine, of the locks (lock_books.hpp) and of
// the pools, each kept by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/os/thread.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

// A lock's own account of a run, all in all.
struct LockAccount {
  sim::Duration waited;
  sim::Duration held;
};

class LawChecker {
 public:
  explicit LawChecker(int cores) : runs_on_core_(static_cast<std::size_t>(cores), kNobody) {}

  static constexpr std::uint16_t kMostLocks = 0xffff;

  void thread_created() { threads_.emplace_back(); }
  // A lock that is not exclusive may have any number of holders: there is none to it.
  void lock_created(bool exclusive = true) { locks_.emplace_back().exclusive = exclusive; }

  void begins_to_run(std::uint32_t thread, int core, sim::Time now);
  void ceases_to_run(std::uint32_t thread, int core, sim::Time now);

  // A thread of another process: nothing is known of it but that it takes a core.
  void outsider_begins(int core);
  void outsider_ceases(int core);

  // Again while waiting: no change.
  void waits_for_lock(std::uint32_t thread, std::size_t lock, sim::Time now);
  void takes(std::uint32_t thread, std::size_t lock, sim::Time now);
  void lets_go(std::uint32_t thread, std::size_t lock, sim::Time now);
  void runs_bytecode(std::uint32_t thread, std::size_t lock) const;
  std::optional<std::uint32_t> holder_of(std::size_t lock) const;

  // At the end of a run: `cpu` of each thread, as the machine accounts for it.
  void compare_cpu(std::uint32_t thread, sim::Duration cpu, sim::Time now) const;
  void compare_locks(const std::vector<LockAccount>& locks, sim::Time now) const;
  static void compare_tasks(const std::vector<std::uint32_t>& times_done);

 private:
  static constexpr std::int64_t kNobody = -1;
  static constexpr std::int64_t kOutsider = -2;
  static constexpr std::int16_t kNowhere = -1;
  static constexpr std::uint16_t kNoLock = kMostLocks;
  struct Books {  // of a thread, of which there may be a million
    std::int16_t core = kNowhere;
    std::uint16_t holds = kNoLock;
    std::uint16_t waits_for = kNoLock;
    sim::Duration ran;  // on a core: less the time at which it came there
    sim::Time waits_since;
  };
  struct Lock {
    bool exclusive = true;
    std::int64_t holder = kNobody;
    sim::Time held_since;
    LockAccount account;  // what is over
  };
  bool is_holder(std::uint32_t thread, std::size_t lock) const;

  std::vector<Books> threads_;
  std::vector<std::int64_t> runs_on_core_;
  std::vector<Lock> locks_;
};

}  // namespace gilsim::model
