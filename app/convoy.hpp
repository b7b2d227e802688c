// The convoy effect (D. Beazley, 2010), recognised in a timeline: a thread that mostly works
// without the lock needs it now and then for a moment, and each time waits about a whole switch
// interval, since who computes lets go only when asked for that long.
//
// Criterion: a thread that works and waits without the lock for longer than it has it has waited
// for it at least three times, on average at least half a switch interval, and a fifth of its time.
#pragma once

#include <optional>
#include <string>

#include "models/timeline/timeline.hpp"

namespace gilsim::app {

struct Convoy {
  std::string waiter;
  std::string holder;  // who computes most under the same lock
  std::size_t waits = 0;
  sim::Duration mean_wait;
  double intervals = 0;  // mean wait over the switch interval
  double share = 0;      // of the waiter's time
};

// Whether it is one, by the times that its waiter was without the lock and with it.
bool is_convoy(const Convoy& convoy, sim::Duration unlocked, sim::Duration locked);

// The thread that suffers most.
std::optional<Convoy> convoy_in(const model::Timeline& timeline, sim::Duration switch_interval);

}  // namespace gilsim::app
