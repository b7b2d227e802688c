// What a recorded thread did as the program of a thread of a scenario. Times are made nominal: what
// the simulation will add to a wait is taken off, and what the operating system took the thread's
// core away for, where CPU times were sampled.
#pragma once

#include <vector>

#include "host/trace/bursts.hpp"
#include "host/trace/summary.hpp"
#include "models/host_profile.hpp"
#include "models/program/step.hpp"

namespace gilsim::app {

constexpr std::size_t kMaxReplayedRounds = 300;

// In nanoseconds, as a duration of three digits.
sim::Duration three_digits(double nanoseconds);
// The times in order, thinned out to the means of equal parts.
model::Distribution thinned(std::vector<double> times);

class TraceProgram {
 public:
  // `replay`: the steps in the order in which they were recorded, a stretch in the middle.
  // Otherwise they are drawn, where the thread's rounds are all of one kind.
  TraceProgram(const model::HostProfile& profile, const model::InterpreterParameters& interpreter,
               bool replay)
      : profile_(profile), interpreter_(interpreter), replay_(replay) {}

  std::vector<model::Step> steps(const trace::ThreadBursts& bursts,
                                 const trace::ThreadSummary& thread) const;

  // Nominal nanoseconds of a round's bytecode, and of what followed it.
  double python(const trace::Round& round, const trace::ThreadSummary& thread) const;
  double released(const trace::Round& round, const trace::ThreadSummary& thread) const;
  // Of a wait that was recorded as that long, without what the simulation adds.
  double nominal_wait(double recorded) const;

 private:
  std::vector<model::Step> drawn(const std::vector<trace::Round>& rounds,
                                 const trace::ThreadSummary& thread, bool waits) const;
  std::vector<model::Step> replayed(const std::vector<trace::Round>& rounds,
                                    const trace::ThreadSummary& thread) const;

  const model::HostProfile& profile_;
  const model::InterpreterParameters& interpreter_;
  const bool replay_;
};

}  // namespace gilsim::app
