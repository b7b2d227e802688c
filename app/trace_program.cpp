#include "app/trace_program.hpp"

#include <algorithm>
#include <cmath>

namespace gilsim::app {
namespace {

using sim::Duration;

constexpr std::size_t kMaxSamples = 32;
constexpr double kNearlyAll = 0.95;

double on_cpu(const trace::CpuShare& share) {
  if (share.wall == 0) return 1;
  return std::min(1.0, static_cast<double>(share.cpu) / static_cast<double>(share.wall));
}

// Of native code. Where that is most of what the thread did without the lock, what of its CPU time
// was not bytecode's: samples begin where it has just had the lock, no fair choice on a full
// machine.
double native_on_cpu(const trace::ThreadSummary& thread) {
  std::uint64_t blocked = 0;
  for (const trace::CallTime& call : thread.blocked) blocked += call.time;
  if (thread.cpu_time == 0 || thread.native <= blocked) return on_cpu(thread.cpu_released);
  const double held = static_cast<double>(thread.held) * on_cpu(thread.cpu_held);
  const double share =
      (static_cast<double>(thread.cpu_time) - held) / static_cast<double>(thread.native);
  return std::clamp(share, 0.0, 1.0);
}

model::Step bytecode_step(const model::Distribution& time) {
  model::PythonStep step;
  step.time = time;
  return step;
}

model::Step released_step(const model::Distribution& time, bool waits) {
  if (waits) return model::WaitStep{time};
  return model::NativeStep{time, model::LockMode::kReleased};
}

}  // namespace

Duration three_digits(double nanoseconds) {
  if (nanoseconds < 1000) return Duration::from_nanoseconds(nanoseconds);
  const double digit = std::pow(10.0, std::floor(std::log10(nanoseconds)) - 2);
  return Duration::from_nanoseconds(std::round(nanoseconds / digit) * digit);
}

model::Distribution thinned(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const std::size_t parts = std::min(times.size(), kMaxSamples);
  model::Empirical samples;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t begin = part * times.size() / parts;
    const std::size_t end = (part + 1) * times.size() / parts;
    double sum = 0;
    for (std::size_t index = begin; index < end; ++index) sum += times[index];
    samples.samples.push_back(three_digits(sum / static_cast<double>(end - begin)));
  }
  const bool is_constant = samples.samples.front() == samples.samples.back();
  if (is_constant) return model::Constant{samples.samples.front()};
  return samples;
}

std::vector<model::Step> TraceProgram::steps(const trace::ThreadBursts& bursts,
                                             const trace::ThreadSummary& thread) const {
  const std::vector<trace::Round>& rounds = bursts.rounds;
  if (rounds.empty()) {
    return {model::PythonStep{model::Constant{Duration::milliseconds(10)}, {}}};
  }
  const auto waits = std::count_if(rounds.begin(), rounds.end(),
                                   [](const trace::Round& round) { return round.wait > 0; });
  const double share = static_cast<double>(waits) / static_cast<double>(rounds.size());
  const bool is_uniform = share >= kNearlyAll || share <= 1 - kNearlyAll;
  return is_uniform && !replay_ ? drawn(rounds, thread, share >= kNearlyAll)
                                : replayed(rounds, thread);
}

// Nominal times are those of the main thread.
double TraceProgram::python(const trace::Round& round, const trace::ThreadSummary& thread) const {
  const double rate =
      thread.is_main ? 1 : interpreter_.rates.worker.median / interpreter_.rates.main.median;
  return static_cast<double>(round.python) * rate * on_cpu(thread.cpu_held);
}

// The lock is let go once in a round: native code before or after a wait is part of the wait.
double TraceProgram::released(const trace::Round& round, const trace::ThreadSummary& thread) const {
  if (round.wait == 0) return static_cast<double>(round.native) * native_on_cpu(thread);
  return nominal_wait(static_cast<double>(round.native + round.wait));
}

double TraceProgram::nominal_wait(double recorded) const {
  const auto& machine = profile_.machine;
  Duration added = machine.timer_slack + interpreter_.waits.sleep.cpu.median +
                   interpreter_.waits.sleep.latency.median;
  Duration wake;
  for (const auto& point : machine.timer_wake) {
    const bool is_reached = static_cast<double>(point.idle.count()) <= recorded;
    if (is_reached || wake == Duration{}) wake = point.latency.median;
  }
  added += wake;
  return std::max(recorded - static_cast<double>(added.count()), 0.0);
}

std::vector<model::Step> TraceProgram::drawn(const std::vector<trace::Round>& rounds,
                                             const trace::ThreadSummary& thread, bool waits) const {
  std::vector<double> with_lock, without;
  for (const trace::Round& round : rounds) {
    with_lock.push_back(python(round, thread));
    without.push_back(released(round, thread));
  }
  return {model::PythonStep{thinned(with_lock), {}}, released_step(thinned(without), waits)};
}

// A stretch in the middle.
std::vector<model::Step> TraceProgram::replayed(const std::vector<trace::Round>& rounds,
                                                const trace::ThreadSummary& thread) const {
  const std::size_t count = std::min(rounds.size(), kMaxReplayedRounds);
  const std::size_t first = (rounds.size() - count) / 2;
  std::vector<model::Step> steps;
  for (std::size_t index = first; index < first + count; ++index) {
    const trace::Round& round = rounds[index];
    const Duration held = Duration::from_nanoseconds(python(round, thread));
    const Duration free = Duration::from_nanoseconds(released(round, thread));
    steps.push_back(bytecode_step(model::Constant{held}));
    steps.push_back(released_step(model::Constant{free}, round.wait > 0));
  }
  return steps;
}

}  // namespace gilsim::app
