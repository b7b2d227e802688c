#include "app/convoy.hpp"

#include <algorithm>

namespace gilsim::app {
namespace {

using model::Activity;
using model::TimelineThread;

sim::Duration time_in(const TimelineThread& thread, Activity activity) {
  return thread.times[static_cast<std::size_t>(activity)];
}

double ratio(sim::Duration part, sim::Duration whole) {
  return whole == sim::Duration{}
             ? 0
             : static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

std::string main_holder(const model::Timeline& timeline, const TimelineThread& waiter) {
  const TimelineThread* most = nullptr;
  for (const TimelineThread& thread : timeline.threads) {
    if (&thread == &waiter || thread.lock != waiter.lock) continue;
    const bool more =
        !most || time_in(thread, Activity::kPython) > time_in(*most, Activity::kPython);
    if (more) most = &thread;
  }
  return most ? most->name : "";
}

}  // namespace

bool is_convoy(const Convoy& convoy, sim::Duration unlocked, sim::Duration locked) {
  constexpr std::size_t kFewestWaits = 3;
  return convoy.waits >= kFewestWaits && unlocked > locked && convoy.intervals >= 0.5 &&
         convoy.share >= 0.2 && !convoy.holder.empty();
}

std::optional<Convoy> convoy_in(const model::Timeline& timeline, sim::Duration switch_interval) {
  std::optional<Convoy> worst;
  for (const TimelineThread& thread : timeline.threads) {
    const std::size_t waits = thread.lock_waits.size();
    const sim::Duration unlocked =
        time_in(thread, Activity::kWaiting) + time_in(thread, Activity::kNative);
    const sim::Duration locked =
        time_in(thread, Activity::kPython) + time_in(thread, Activity::kNativeHeld);
    if (!timeline.excludes || waits == 0) continue;
    sim::Duration total;
    for (const sim::Duration wait : thread.lock_waits) total += wait;
    Convoy convoy{thread.name, main_holder(timeline, thread), waits, {}, 0, 0};
    convoy.mean_wait = total / static_cast<std::int64_t>(waits);
    convoy.intervals = ratio(convoy.mean_wait, switch_interval);
    convoy.share = ratio(total, timeline.length - time_in(thread, Activity::kAbsent));
    if (is_convoy(convoy, unlocked, locked) && (!worst || convoy.share > worst->share))
      worst = convoy;
  }
  return worst;
}

}  // namespace gilsim::app
