#include "models/laws/law_checker.hpp"

namespace gilsim::model {
namespace {

std::string thread_name(std::int64_t id) {
  return id < 0 ? "a thread of another process" : "thread " + std::to_string(id);
}
std::string lock_name(std::size_t index) { return "lock " + std::to_string(index); }
std::string nanoseconds(sim::Duration time) { return std::to_string(time.count()) + " ns"; }

[[noreturn]] void broken(const std::string& what) { throw LawBroken("law broken: " + what); }

}  // namespace

void LawChecker::begins_to_run(std::uint32_t thread, int core, sim::Time now) {
  auto& on_core = runs_on_core_[static_cast<std::size_t>(core)];
  Books& books = threads_[thread];
  if (on_core != kNobody) {
    broken("core " + std::to_string(core) + " runs " + thread_name(on_core) + " and is given " +
           thread_name(thread));
  }
  if (books.core != kNowhere) {
    broken(thread_name(thread) + " runs on core " + std::to_string(books.core) +
           " and is given core " + std::to_string(core));
  }
  on_core = thread;
  books.core = static_cast<std::int16_t>(core);
  books.ran -= now.since_start();
}

void LawChecker::ceases_to_run(std::uint32_t thread, int core, sim::Time now) {
  Books& books = threads_[thread];
  if (books.core != core) {
    broken(thread_name(thread) + " leaves core " + std::to_string(core) + " but is not on it");
  }
  books.ran += now.since_start();
  books.core = kNowhere;
  runs_on_core_[static_cast<std::size_t>(core)] = kNobody;
}

void LawChecker::outsider_begins(int core) {
  auto& on_core = runs_on_core_[static_cast<std::size_t>(core)];
  const bool is_free = on_core == kNobody;
  if (!is_free) {
    broken("core " + std::to_string(core) + " runs " + thread_name(on_core) +
           " and is given a thread of another process");
  }
  on_core = kOutsider;
}

void LawChecker::outsider_ceases(int core) {
  auto& on_core = runs_on_core_[static_cast<std::size_t>(core)];
  if (on_core != kOutsider) {
    broken("a thread of another process leaves core " + std::to_string(core) + " but is not on it");
  }
  on_core = kNobody;
}

void LawChecker::waits_for_lock(std::uint32_t thread, std::size_t lock, sim::Time now) {
  Books& books = threads_[thread];
  if (books.waits_for != kNoLock) return;
  books.waits_for = static_cast<std::uint16_t>(lock);
  books.waits_since = now;
}

bool LawChecker::is_holder(std::uint32_t thread, std::size_t lock) const {
  return locks_[lock].exclusive ? locks_[lock].holder == thread
                                : threads_[thread].holds == static_cast<std::uint16_t>(lock);
}

std::optional<std::uint32_t> LawChecker::holder_of(std::size_t lock) const {
  const std::int64_t holder = locks_[lock].holder;
  if (holder == kNobody) return std::nullopt;
  return static_cast<std::uint32_t>(holder);
}

void LawChecker::takes(std::uint32_t thread, std::size_t index, sim::Time now) {
  Lock& lock = locks_[index];
  if (lock.exclusive && lock.holder != kNobody) {
    broken(lock_name(index) + " is held by " + thread_name(lock.holder) + " and taken by " +
           thread_name(thread));
  }
  lock.holder = thread;
  lock.held_since = now;
  Books& books = threads_[thread];
  books.holds = static_cast<std::uint16_t>(index);
  if (books.waits_for == kNoLock) return;
  books.waits_for = kNoLock;
  lock.account.waited += now - books.waits_since;
}

void LawChecker::lets_go(std::uint32_t thread, std::size_t index, sim::Time now) {
  if (!is_holder(thread, index)) {
    broken(thread_name(thread) + " lets go of " + lock_name(index) + ", which it does not hold");
  }
  Lock& lock = locks_[index];
  lock.account.held += now - lock.held_since;
  lock.holder = kNobody;
  threads_[thread].holds = kNoLock;
}

void LawChecker::runs_bytecode(std::uint32_t thread, std::size_t lock) const {
  if (!is_holder(thread, lock)) {
    broken(thread_name(thread) + " runs bytecode without " + lock_name(lock));
  }
}

void LawChecker::compare_cpu(std::uint32_t thread, sim::Duration cpu, sim::Time now) const {
  const Books& books = threads_[thread];
  const sim::Duration ran = books.core == kNowhere ? books.ran : books.ran + now.since_start();
  if (ran == cpu) return;
  broken(thread_name(thread) + " was on a core for " + nanoseconds(ran) + " but charged " +
         nanoseconds(cpu));
}

void LawChecker::compare_locks(const std::vector<LockAccount>& locks, sim::Time now) const {
  std::vector<LockAccount> seen;
  for (const Lock& lock : locks_) {
    seen.push_back(lock.account);
    if (lock.holder != kNobody) seen.back().held += now - lock.held_since;
  }
  for (const Books& books : threads_) {
    if (books.waits_for == kNoLock) continue;
    seen[static_cast<std::size_t>(books.waits_for)].waited += now - books.waits_since;
  }
  for (std::size_t i = 0; i < locks_.size(); ++i) {
    if (!locks_[i].exclusive) continue;
    if (seen[i].held != locks[i].held) {
      broken("threads held " + lock_name(i) + " for " + nanoseconds(seen[i].held) +
             ", but it was held for " + nanoseconds(locks[i].held));
    }
    if (seen[i].waited != locks[i].waited) {
      broken("Little's law: threads waited " + nanoseconds(seen[i].waited) + " for " +
             lock_name(i) + ", but their number there integrates to " +
             nanoseconds(locks[i].waited));
    }
  }
}

void LawChecker::compare_tasks(const std::vector<std::uint32_t>& times_done) {
  for (std::size_t i = 0; i < times_done.size(); ++i) {
    if (times_done[i] != 1) {
      broken("task " + std::to_string(i) + " was done " + std::to_string(times_done[i]) + " times");
    }
  }
}

}  // namespace gilsim::model
