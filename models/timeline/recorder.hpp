// Records a Timeline from outside of the run: looks at every thread between two events, so that the
// models neither know nor pay for it. A look costs one step a thread.
#pragma once

#include <vector>

#include "models/simulation.hpp"
#include "models/timeline/timeline.hpp"

namespace gilsim::model {

class TimelineRecorder final : public Spectator {
 public:
  // What lies outside of [from, to] adds to the threads' times, not to the spans.
  TimelineRecorder(sim::Time from, sim::Time to) : from_(from), to_(to) {}

  void begins(const World& world) override { world_ = &world; }
  void on_event(const sim::Event& event) override;
  void ends(const World& world) override;

  Timeline take() { return std::move(timeline_); }

 private:
  struct Seen {
    Activity activity = Activity::kAbsent;
    sim::Time since;
  };
  struct SeenCore {
    std::int64_t thread = kNobody;
    sim::Time since;
  };
  static constexpr std::int64_t kNobody = -2;

  void look();  // at what has been the case since `looked_`
  void look_at_cores();
  sim::Time end_of(const World& world) const;
  void close(std::size_t thread, sim::Time now);
  void close_core(std::size_t core, sim::Time now);

  const sim::Time from_;
  const sim::Time to_;
  const World* world_ = nullptr;
  sim::Time looked_;
  Timeline timeline_;
  std::vector<Seen> seen_;
  std::vector<SeenCore> cores_;
  std::vector<std::int64_t> on_core_;
};

}  // namespace gilsim::model
