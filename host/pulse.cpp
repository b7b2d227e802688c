#include "host/pulse.hpp"

#include <algorithm>
#include <cmath>

#include "host/interpreter_probes.hpp"
#include "host/measurements.hpp"
#include "sim/quantile.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr const char* kChunks = "6";          // of a million loops each
constexpr const char* kOperations = "8";      // of each kind of wait
constexpr const char* kLongOperations = "1";  // probe_waits.py wants some
constexpr const char* kKinds[] = {"socket", "pipe", "file", "udp"};
constexpr double kNormal95 = 1.6448536269514722;
constexpr std::size_t kShortIdle = 4;  // points of the curves that quick probes sample often enough

double nanoseconds(Duration time) { return static_cast<double>(time.count()); }

void add_medians(std::vector<Duration>& into, const model::WakeCurve& curve) {
  for (std::size_t i = 0; i < std::min(kShortIdle, curve.size()); ++i) {
    into.push_back(curve[i].latency.median);
  }
}

Duration median_of_times(const std::vector<double>& values) {
  return Duration::from_nanoseconds(sim::quantile(values, 0.5));
}

// Geometric mean of the ratios; figures of 0 say nothing.
double mean_ratio(const std::vector<Duration>& these, const std::vector<Duration>& those) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < std::min(these.size(), those.size()); ++i) {
    if (these[i] <= Duration{} || those[i] <= Duration{}) continue;
    sum += std::log(nanoseconds(these[i]) / nanoseconds(those[i]));
    ++count;
  }
  return count == 0 ? 1.0 : std::exp(sum / count);
}

// How far `end` is from 1 beyond what `known` is from its own median, both as independent parts.
double beyond(double end, double known_end, double known_median) {
  const double whole = std::log(end);
  const double part = known_median > 0 && known_end > 0 ? std::log(known_end / known_median) : 0;
  const double left = std::sqrt(std::max(0.0, whole * whole - part * part));
  return std::exp(whole < 0 ? -left : left);
}

// One half of the pulses predicts the other as badly as a profile predicts runs made later: the
// drift from half to half is taken for one standard deviation of a part by itself.
double with_drift(double end, int side, double drift) {
  const double part = kNormal95 * std::log1p(drift);
  return std::exp(side * std::hypot(std::log(end), part));
}

model::Estimate around_one(const std::vector<double>& ratios) {
  const model::Estimate found = estimate_of(ratios);
  return {1, std::min(1.0, found.low / found.median), std::max(1.0, found.high / found.median),
          found.samples};
}

template <class Field>
std::vector<Duration> medians_by_index(const std::vector<Pulse>& pulses, Field field) {
  std::vector<Duration> medians;
  for (std::size_t i = 0; i < (pulses.front().*field).size(); ++i) {
    std::vector<double> values;
    for (const Pulse& pulse : pulses) values.push_back(nanoseconds((pulse.*field).at(i)));
    medians.push_back(median_of_times(values));
  }
  return medians;
}

double median_speed(const std::vector<Pulse>& pulses, std::size_t from, std::size_t to) {
  std::vector<double> speeds;
  for (std::size_t i = from; i < to; ++i) speeds.push_back(pulses[i].speed);
  return sim::quantile(speeds, 0.5);
}

}  // namespace

Pulse take_pulse(const InstalledInterpreter& interpreter, const NativeProbeOptions& native,
                 Duration timer_slack) {
  InterpreterProbes probes(interpreter, false, native.stop);
  Pulse pulse;
  pulse.speed = probes.run({"pulse", {"probe_speed.py", kChunks}, ""}).at("speed").at(0);
  NativeProbeOptions quick = native;
  quick.quick = true;
  if (quick.cores.size() > 1) add_medians(pulse.wakes, probe_futex_wake(quick).wake);
  add_medians(pulse.wakes, probe_timer_wake(quick, timer_slack));
  const NamedSamples waits =
      probes.run({"pulse", {"probe_waits.py", kOperations, kLongOperations}, ""});
  for (const std::string kind : kKinds) {
    pulse.calls.push_back(median_of_times(waits.at(kind + ".1ms.call")));
    pulse.calls.push_back(median_of_times(waits.at(kind + ".1ms.cpu")));
  }
  return pulse;
}

PulseRatios ratios_of(const Pulse& pulse, const Pulse& reference) {
  return {reference.speed > 0 ? pulse.speed / reference.speed : 1.0,
          mean_ratio(pulse.wakes, reference.wakes), mean_ratio(pulse.calls, reference.calls)};
}

Pulse expected_pulse(const model::MachineParameters& machine,
                     const model::InterpreterParameters& interpreter) {
  Pulse pulse;
  pulse.speed = interpreter.rates.main.median;
  if (machine.cores > 1) add_medians(pulse.wakes, machine.futex_wake);
  add_medians(pulse.wakes, machine.timer_wake);
  const model::WaitCosts& waits = interpreter.waits;
  for (const model::WaitCost* const wait : {&waits.socket, &waits.pipe, &waits.file, &waits.udp}) {
    pulse.calls.push_back(wait->call.median);
    pulse.calls.push_back(wait->cpu.median);
  }
  return pulse;
}

Pulse median_of(const std::vector<Pulse>& pulses) {
  return {median_speed(pulses, 0, pulses.size()), medians_by_index(pulses, &Pulse::wakes),
          medians_by_index(pulses, &Pulse::calls)};
}

model::RunToRun run_to_run_of(const std::vector<Pulse>& pulses, const model::Estimate& rates) {
  model::RunToRun result;
  if (pulses.size() < 3) return result;
  const Pulse middle = median_of(pulses);
  std::vector<double> speed, wake_ups, calls;
  for (const Pulse& pulse : pulses) {
    const PulseRatios ratios = ratios_of(pulse, middle);
    speed.push_back(ratios.speed);
    wake_ups.push_back(ratios.wake_ups);
    calls.push_back(ratios.calls);
  }
  const double drift = drift_of(pulses);
  result.speed = around_one(speed);
  result.speed.low = with_drift(beyond(result.speed.low, rates.low, rates.median), -1, drift);
  result.speed.high = with_drift(beyond(result.speed.high, rates.high, rates.median), 1, drift);
  result.wake_ups = around_one(wake_ups);
  result.calls = around_one(calls);
  return result;
}

void widen(model::RunToRun& run_to_run, const model::Estimate& seen, const model::Estimate& rates) {
  model::Estimate& speed = run_to_run.speed;
  speed.low = std::min(speed.low, beyond(seen.low / seen.median, rates.low, rates.median));
  speed.high = std::max(speed.high, beyond(seen.high / seen.median, rates.high, rates.median));
  speed.samples = std::max(speed.samples, seen.samples);
}

double drift_of(const std::vector<Pulse>& pulses) {
  const std::size_t half = pulses.size() / 2;
  if (half == 0) return 0;
  return median_speed(pulses, pulses.size() - half, pulses.size()) / median_speed(pulses, 0, half) -
         1;
}

}  // namespace gilsim::host
