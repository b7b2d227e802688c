#include "host/calibrate.hpp"

#include <cmath>
#include <ctime>

#include "host/interpreter_probes.hpp"
#include "host/kernel_facts.hpp"
#include "host/native_probes.hpp"
#include "host/packing_probe.hpp"
#include "host/pulse.hpp"
#include "host/slow_samples.hpp"
#include "host/stop.hpp"
#include "host/undisturbed.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr int kSpeedAttempts = 5;
constexpr double kWideSpread = 0.05;  // of the median
constexpr std::size_t kPulses = 16;
constexpr std::size_t kQuickPulses = 3;
constexpr int kMostRepeated = 6;      // rate processes of an interpreter
constexpr double kNoteworthy = 0.05;  // drift of the speed

std::string iso_8601_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

struct Step {
  std::string probe;
  std::function<void()> measure;
};

// Everything that will be measured, in order, and where the results gather.
class Calibrator {
 public:
  explicit Calibrator(const CalibrationOptions& options)
      : options_(options),
        undisturbed_(options.quick ? Duration()
                                   : Duration::seconds(8) * static_cast<std::int64_t>(
                                                                options.interpreters.size() + 1)),
        native_{usable_cores(), options.quick, options.stop} {}

  Calibration run() {
    throw_if_stopped(options_.stop);
    state_the_known();
    plan_machine();
    plan_interpreters();
    measure_all();
    return {profile(),
            undisturbed_.measurements(),
            undisturbed_.left_disturbed(),
            repeated_slow_,
            left_slow_,
            drift_of(pulses_)};
  }

 private:
  void state_the_known() {
    machine_.cores = static_cast<int>(native_.cores.size());
    machine_.ram = physical_memory();
    machine_.tick = kernel_tick();
    machine_.slice = kernel_slice();
    machine_.timer_slack = kernel_timer_slack();
    machine_.quota = container_quota();
  }

  void plan_machine() {
    steps_.push_back({"context switches", [this] {
                        machine_.context_switch =
                            undisturbed_([this] { return probe_context_switch(native_); });
                      }});
    steps_.push_back({"wake-ups between cores", [this] { measure_futex_wake(); }});
    steps_.push_back({"timers", [this] {
                        machine_.timer_wake = undisturbed_(
                            [this] { return probe_timer_wake(native_, machine_.timer_slack); });
                      }});
    steps_.push_back({"thread creation", [this] {
                        machine_.thread_create =
                            undisturbed_([this] { return probe_thread_create(native_); });
                      }});
    steps_.push_back({"packing of cores", [this] {
                        machine_.pack_below =
                            undisturbed_([this] { return probe_packing(native_); });
                      }});
    steps_.push_back({"speed with all cores busy",
                      [this] { machine_.parallel_speed = tightest_parallel_speed(); }});
  }

  // A guest does not see everything that shares its cores. What the cores themselves share slows
  // every sample alike; other guests slow some: a wide spread is measured again, the tightest kept.
  model::Estimate tightest_parallel_speed() {
    const auto spread = [](const model::Estimate& e) { return (e.high - e.low) / e.median; };
    auto best = undisturbed_([this] { return probe_parallel_speed(native_); });
    for (int i = 1; i < kSpeedAttempts && !options_.quick && spread(best) > kWideSpread; ++i) {
      throw_if_stopped(options_.stop);
      const auto again = undisturbed_([this] { return probe_parallel_speed(native_); });
      if (spread(again) < spread(best)) best = again;
    }
    return best;
  }

  bool one_core() const { return native_.cores.size() < 2; }

  // On one core nobody is woken on another: a wake-up is a context switch, its cost in there.
  void measure_futex_wake() {
    if (one_core()) {
      machine_.futex_wake = model::always(machine_.context_switch.median);
      machine_.waker_cost = model::Cost::exactly(Duration());
      return;
    }
    const FutexWakeCosts costs = undisturbed_([this] { return probe_futex_wake(native_); });
    machine_.futex_wake = costs.wake;
    machine_.waker_cost = costs.waker;
  }

  void plan_interpreters() {
    samples_.resize(options_.interpreters.size());
    for (std::size_t i = 0; i < options_.interpreters.size(); ++i) {
      InterpreterProbes probes(options_.interpreters[i], options_.quick, options_.stop);
      const std::vector<ProbeRun> plan = probes.plan();
      for (std::size_t k = 0; k < plan.size(); ++k) {
        const ProbeRun& run = plan[k];
        steps_.push_back({run.what, [this, i, probes, run] {
                            add_samples(samples_[i], undisturbed_([&] { return probes.run(run); }));
                          }});
        const bool is_last_rate =
            is_rate_probe(run) && (k + 1 == plan.size() || !is_rate_probe(plan[k + 1]));
        if (is_last_rate && !options_.quick) {
          steps_.push_back({run.what, [this, i, probes, run] { repeat_slow(i, probes, run); }});
        }
      }
    }
  }

  static bool is_rate_probe(const ProbeRun& run) { return run.command[0] == "probe_rates.py"; }

  // What runs far below the others of its kind was in somebody's way, whether the kernel tells or
  // not.
  void repeat_slow(std::size_t interpreter, const InterpreterProbes& probes, const ProbeRun& run) {
    NamedSamples& samples = samples_[interpreter];
    for (int i = 0; i < kMostRepeated && slow_samples(samples) > 0; ++i) {
      repeated_slow_ += replace_slowest(samples, undisturbed_([&] { return probes.run(run); }));
    }
    left_slow_ += slow_samples(samples);
  }

  void take_pulse_after(std::size_t step) {
    const std::size_t wanted = options_.quick ? kQuickPulses : kPulses;
    if (step * wanted / steps_.size() == (step + 1) * wanted / steps_.size()) return;
    pulses_.push_back(take_pulse(options_.interpreters.front(), native_, machine_.timer_slack));
  }

  void report(std::size_t done, const std::string& probe) const {
    if (!options_.progress) return;
    options_.progress({static_cast<int>(done), static_cast<int>(steps_.size()), probe});
  }

  void measure_all() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      throw_if_stopped(options_.stop);
      report(i, steps_[i].probe);
      steps_[i].measure();
      take_pulse_after(i);
    }
    report(steps_.size(), "");
  }

  std::string description() const {
    std::string text = std::to_string(machine_.cores) + (one_core() ? " core" : " cores");
    if (one_core()) text += "; wake-ups between cores stated, not measured";
    if (options_.quick) text += "; quick calibration, not for predictions";
    if (undisturbed_.left_disturbed() > 0) {
      text += "; other programs disturbed " + std::to_string(undisturbed_.left_disturbed()) +
              " of " + std::to_string(undisturbed_.measurements()) + " measurements";
    }
    if (left_slow_ > 0) {
      text +=
          "; " + std::to_string(left_slow_) + " rates stayed far below the others of their kind";
    }
    const double drift = drift_of(pulses_);
    if (std::abs(drift) > kNoteworthy) {
      text += "; the second half ran " + std::to_string(std::lround(100 * std::abs(drift))) +
              (drift > 0 ? " % faster" : " % slower") + " than the first";
    }
    return text;
  }

  model::HostProfile profile() const {
    model::HostProfile result;
    result.description = description();
    result.measured = iso_8601_now();
    result.host = this_host();
    result.machine = machine_;
    result.machine.run_to_run =
        run_to_run_of(pulses_, estimate_of(samples_.front().at("rates.main")));
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      result.interpreters.push_back(
          interpreter_parameters(options_.interpreters[i], samples_[i], machine_));
    }
    return result;
  }

  const CalibrationOptions& options_;
  Undisturbed undisturbed_;
  NativeProbeOptions native_;
  model::MachineParameters machine_;
  std::vector<NamedSamples> samples_;  // by interpreter
  std::vector<Pulse> pulses_;
  int repeated_slow_ = 0;
  int left_slow_ = 0;
  std::vector<Step> steps_;
};

}  // namespace

Calibration calibrate(const CalibrationOptions& options) { return Calibrator(options).run(); }

}  // namespace gilsim::host
