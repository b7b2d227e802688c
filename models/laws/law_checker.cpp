#include "models/laws/law_checker.hpp"

namespace gilsim::model {
namespace {

std::string thread_name(std::int64_t id) { return "thread " + std::to_string(id); }

[[noreturn]] void broken(const std::string& what) { throw LawBroken("law broken: " + what); }

}  // namespace

void LawChecker::thread_created() { threads_.emplace_back(); }

void LawChecker::begins_to_run(std::uint32_t thread, int core, sim::Time now) {
  auto& on_core = runs_on_core_[static_cast<std::size_t>(core)];
  Books& books = threads_[thread];
  if (on_core != kNobody) {
    broken("core " + std::to_string(core) + " runs " + thread_name(on_core) + " and is given " +
           thread_name(thread));
  }
  if (books.core != kNobody) {
    broken(thread_name(thread) + " runs on core " + std::to_string(books.core) +
           " and is given core " + std::to_string(core));
  }
  on_core = thread;
  books.core = core;
  books.since = now;
}

void LawChecker::ceases_to_run(std::uint32_t thread, int core, sim::Time now) {
  Books& books = threads_[thread];
  if (books.core != core) {
    broken(thread_name(thread) + " leaves core " + std::to_string(core) + " but is not on it");
  }
  books.ran += now - books.since;
  books.core = kNobody;
  runs_on_core_[static_cast<std::size_t>(core)] = kNobody;
}

void LawChecker::integrate_waiting(sim::Time now) {
  waiting_integral_ += (now - waiting_changed_) * waiting_;
  waiting_changed_ = now;
}

void LawChecker::waits_for_lock(std::uint32_t thread, sim::Time now) {
  Books& books = threads_[thread];
  if (books.waiting) return;
  integrate_waiting(now);
  ++waiting_;
  books.waiting = true;
  books.waiting_since = now;
}

void LawChecker::takes(std::uint32_t thread, std::size_t lock, sim::Time now) {
  if (holders_[lock] != kNobody) {
    broken("lock " + std::to_string(lock) + " is held by " + thread_name(holders_[lock]) +
           " and taken by " + thread_name(thread));
  }
  holders_[lock] = thread;
  Books& books = threads_[thread];
  if (!books.waiting) return;
  integrate_waiting(now);
  --waiting_;
  books.waiting = false;
  sum_of_waits_ += now - books.waiting_since;
}

void LawChecker::lets_go(std::uint32_t thread, std::size_t lock) {
  if (holders_[lock] != thread) {
    broken(thread_name(thread) + " lets go of lock " + std::to_string(lock) +
           ", which it does not hold");
  }
  holders_[lock] = kNobody;
}

void LawChecker::runs_bytecode(std::uint32_t thread, std::size_t lock) const {
  if (holders_[lock] != thread) {
    broken(thread_name(thread) + " runs bytecode without lock " + std::to_string(lock));
  }
}

void LawChecker::compare_cpu(const std::vector<sim::Duration>& cpu, sim::Time now) {
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    const Books& books = threads_[i];
    const sim::Duration ran = books.core == kNobody ? books.ran : books.ran + (now - books.since);
    if (ran != cpu[i]) {
      broken(thread_name(static_cast<std::int64_t>(i)) + " was on a core for " +
             std::to_string(ran.count()) + " ns but charged " + std::to_string(cpu[i].count()));
    }
  }
}

void LawChecker::compare_waits(sim::Time now) {
  integrate_waiting(now);
  sim::Duration waits = sum_of_waits_;
  for (const Books& books : threads_) {
    if (books.waiting) waits += now - books.waiting_since;
  }
  if (waits != waiting_integral_) {
    broken("Little's law: threads waited " + std::to_string(waits.count()) +
           " ns in all, but their number integrates to " +
           std::to_string(waiting_integral_.count()));
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
