#include "analysis/bounds.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

void require(const BatchDemands& demands) {
  for (const double value :
       {demands.locked, demands.computing, demands.blocking, demands.longest_task, demands.span,
        demands.memory, demands.looped, demands.device, demands.dispatch, demands.pickling,
        demands.handling, demands.parent, demands.start, demands.quota}) {
    if (!std::isfinite(value) || value < 0) {
      throw std::invalid_argument("a demand is negative or not finite");
    }
  }
  if (!(demands.outside >= 0 && demands.outside <= demands.computing)) {
    throw std::invalid_argument("others than the workers compute more than all do");
  }
  if (demands.workers < 1 || !(demands.cores > 0)) {
    throw std::invalid_argument("a batch needs a worker and a core");
  }
}

double quota_of(const BatchDemands& demands) {
  if (demands.quota == 0) return 0;
  return std::max(0.0, demands.computing - demands.at_once) / demands.quota;
}

// What workers do, each one thing at a time.
double work_of(const BatchDemands& demands) {
  return demands.computing - demands.outside + demands.blocking;
}

double turns_of(const BatchDemands& demands) {
  if (demands.pieces == 0) return 0;
  const double turns = std::ceil(static_cast<double>(demands.pieces) / demands.workers);
  return turns * work_of(demands) / demands.pieces;
}

}  // namespace

std::vector<Bound> bounds_of(const BatchDemands& demands) {
  require(demands);
  std::vector<Bound> bounds = {
      {Resource::kLock, demands.locked},
      {Resource::kCores, demands.computing / demands.cores},
      {Resource::kQuota, quota_of(demands)},
      {Resource::kMemory, demands.memory},
      {Resource::kWorkers, work_of(demands) / demands.workers},
      {Resource::kTask, demands.longest_task},
      {Resource::kPath, demands.span},
      {Resource::kTurns, turns_of(demands)},
      {Resource::kDispatch, demands.dispatch},
      {Resource::kPickling, demands.pickling},
      {Resource::kHandling, demands.handling},
      {Resource::kParent, demands.parent},
      {Resource::kStart, demands.start},
      {Resource::kLoop, demands.looped},
      {Resource::kDevice, demands.device},
  };
  bounds.erase(std::remove_if(bounds.begin(), bounds.end(),
                              [](const Bound& bound) { return bound.time <= 0; }),
               bounds.end());
  std::stable_sort(bounds.begin(), bounds.end(),
                   [](const Bound& a, const Bound& b) { return a.time > b.time; });
  return bounds;
}

}  // namespace gilsim::analysis
