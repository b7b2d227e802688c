#include "models/os/quota.hpp"

#include <algorithm>

#include "models/os/periodic.hpp"

namespace gilsim::model {
namespace {

// min_cfs_rq_runtime, cfs_bandwidth_slack_period and min_bandwidth_expiration of the kernel.
constexpr sim::Duration kKeptByACore = sim::Duration::milliseconds(1);
constexpr sim::Duration kSlackPeriod = sim::Duration::milliseconds(5);
constexpr sim::Duration kTooCloseToARefill = sim::Duration::milliseconds(2);

}  // namespace

Quota::Quota(sim::Simulator& simulator, const QuotaParameters& parameters, int cores,
             sim::Duration phase, sim::Event& refill, sim::Event& slack)
    : simulator_(simulator),
      parameters_(parameters),
      phase_(phase),
      refill_(refill),
      slack_(slack),
      pool_(parameters.quota),
      local_(static_cast<std::size_t>(cores)) {}

void Quota::charge(std::size_t core, sim::Duration ran) {
  Local& local = local_[core];
  local.remaining -= ran;
  if (local.remaining <= sim::Duration{} && !local.throttled) fetch(local, parameters_.slice);
}

bool Quota::admit(std::size_t core) {
  Local& local = local_[core];
  if (local.throttled) return false;
  if (local.remaining <= sim::Duration{}) fetch(local, parameters_.slice);
  if (local.remaining > sim::Duration{}) return true;
  local.throttled = true;
  local.throttled_since = simulator_.now();
  throttled_.push_back(core);
  return false;
}

// Up to `target`, debts included, as far as the pool lasts.
void Quota::fetch(Local& local, sim::Duration target) {
  if (!refill_.pending()) schedule_refill();
  idle_ = false;
  const sim::Duration amount = std::min(target - local.remaining, pool_);
  pool_ -= amount;
  local.remaining += amount;
}

void Quota::return_slack(std::size_t core) {
  Local& local = local_[core];
  const sim::Duration slack = local.remaining - kKeptByACore;
  if (slack <= sim::Duration{}) return;
  local.remaining -= slack;
  pool_ += slack;
  if (pool_ <= parameters_.slice || throttled_.empty() || slack_.pending()) return;
  if (refills_within(kSlackPeriod + kTooCloseToARefill)) return;
  simulator_.schedule(slack_, simulator_.now() + kSlackPeriod, sim::Priority::kTimer);
}

std::vector<std::size_t> Quota::refilled() {
  pool_ = parameters_.quota;
  ++periods_;
  if (throttled_.empty()) {
    if (idle_) return {};  // the timer stops until somebody fetches
    idle_ = true;
    schedule_refill();
    return {};
  }
  ++throttled_periods_;
  idle_ = false;
  schedule_refill();
  return distribute();
}

std::vector<std::size_t> Quota::slack_expired() {
  if (refills_within(kTooCloseToARefill) || pool_ <= parameters_.slice) return {};
  return distribute();
}

// Each gets what it owes and a nanosecond: it fetches its slice when it runs.
std::vector<std::size_t> Quota::distribute() {
  std::vector<std::size_t> released;
  std::vector<std::size_t> still;
  for (const std::size_t core : throttled_) {
    Local& local = local_[core];
    const sim::Duration amount = std::min(sim::Duration::nanoseconds(1) - local.remaining, pool_);
    pool_ -= amount;
    local.remaining += amount;
    if (local.remaining <= sim::Duration{}) {
      still.push_back(core);
      continue;
    }
    local.throttled = false;
    throttled_time_ += simulator_.now() - local.throttled_since;
    released.push_back(core);
  }
  throttled_ = std::move(still);
  return released;
}

void Quota::schedule_refill() {
  simulator_.schedule(refill_, next_periodic(simulator_.now(), parameters_.period, phase_),
                      sim::Priority::kTimer);
}

bool Quota::refills_within(sim::Duration time) const {
  return refill_.pending() && refill_.time <= simulator_.now() + time;
}

}  // namespace gilsim::model
