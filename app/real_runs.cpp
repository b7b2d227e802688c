#include "app/real_runs.hpp"

#include <sched.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/host_choice.hpp"
#include "app/progress.hpp"
#include "app/report.hpp"
#include "host/execute.hpp"
#include "host/host_error.hpp"
#include "models/lock/registry.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::app {
namespace {

int usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

host::InstalledInterpreter installed_for(const Study& study, const scenario::Point& point,
                                         const std::vector<host::InstalledInterpreter>& found) {
  const model::InterpreterParameters& wanted = point.configuration.interpreter;
  for (const host::InstalledInterpreter& candidate : found) {
    if (candidate.implementation == wanted.implementation &&
        candidate.free_threaded == wanted.free_threaded && candidate.version == wanted.version) {
      return candidate;
    }
  }
  throw UsageError("interpreter " + wanted.implementation + " " + point.interpreter + " of '" +
                       study.profile_path + "' is not installed here; found: " + named(found),
                   "choose one of these with --set interpreter.version=... (after `gilsim "
                   "calibrate --interpreter ...`), or install it");
}

bool is_equal(const std::optional<model::QuotaParameters>& a,
              const std::optional<model::QuotaParameters>& b) {
  return a.has_value() == b.has_value() && (!a || (a->quota == b->quota && a->period == b->period));
}

// What the machine would have to be made into; empty: it is as the run wants it.
std::string wanted_of_machine(const model::MachineParameters& wanted,
                              const model::MachineParameters& here) {
  if (!is_equal(wanted.quota, here.quota)) return "another CPU quota than the host has";
  if (wanted.background && !here.background) return "background load";
  if (wanted.scheduler != here.scheduler) return "another scheduler";
  if (wanted.threads_per_core != here.threads_per_core) return "other hardware threads";
  return "";
}

bool moves_memory(const std::vector<model::Step>& steps) {
  return std::any_of(steps.begin(), steps.end(),
                     [](const model::Step& step) { return model::moves_memory(step); });
}

bool moves_memory(const model::Configuration& configuration) {
  const auto& threads = configuration.threads;
  return moves_memory(configuration.batch.task) ||
         std::any_of(threads.begin(), threads.end(),
                     [](const auto& thread) { return moves_memory(thread.program); });
}

void require_this_machine(const Study& study, const scenario::Point& point) {
  std::string wanted = wanted_of_machine(point.configuration.machine, study.profile.machine);
  if (wanted.empty() && moves_memory(point.configuration)) wanted = "native code that moves memory";
  if (wanted.empty()) return;
  throw UsageError("'" + study.file + "' asks for " + wanted + ", which real runs don't do",
                   "only predict: gilsim run");
}

// What no interpreter does can only be predicted.
void require_real(const Study& study, const scenario::Point& point) {
  const model::Configuration& configuration = point.configuration;
  if (!model::has_own_lock(configuration)) {
    throw UsageError("'" + study.file + "' asks for the lock '" + lock_name(configuration) +
                         "', which Python " + point.interpreter + " does not have",
                     "leave out interpreter.lock, or only predict: gilsim run");
  }
  const auto& threads = configuration.threads;
  const bool several = std::any_of(threads.begin(), threads.end(),
                                   [](const auto& thread) { return !thread.interpreter.empty(); });
  if (!several && configuration.collections.every == sim::Duration{}) return;
  throw UsageError("'" + study.file + "' has " +
                       (several ? "sub-interpreters" : "stated collections") +
                       ", which real runs don't",
                   "only predict: gilsim run");
}

class Rounds {
 public:
  Rounds(std::size_t points, int runs) : points_(points), runs_(static_cast<std::size_t>(runs)) {}

  std::size_t total() const { return points_ * runs_; }
  std::size_t round(std::size_t step) const { return step / points_; }
  std::size_t point(std::size_t step) const {
    const std::size_t position = step % points_;
    return round(step) % 2 == 0 ? position : points_ - 1 - position;
  }
  std::string name(std::size_t step) const {
    return "round " + std::to_string(round(step) + 1) + " of " + std::to_string(runs_);
  }

 private:
  std::size_t points_;
  std::size_t runs_;
};

}  // namespace

std::string named(const std::vector<host::InstalledInterpreter>& interpreters) {
  std::string text;
  for (const host::InstalledInterpreter& interpreter : interpreters) {
    if (!text.empty()) text += ", ";
    text += model::written_version(interpreter.version, interpreter.free_threaded);
    text += " (" + interpreter.path + ")";
  }
  return text.empty() ? "none" : text;
}

std::vector<host::InstalledInterpreter> interpreters_for(const std::vector<Study>& studies) {
  for (const Study& study : studies) require_this_host(study.profile, study.profile_path);
  const std::vector<host::InstalledInterpreter> found = host::find_interpreters();
  const int cores = usable_cores();
  std::vector<host::InstalledInterpreter> chosen;
  for (const Study& study : studies) {
    for (const scenario::Point& point : study.points) {
      if (point.configuration.machine.cores > cores) {
        throw UsageError(
            "'" + study.file + "' asks for " + std::to_string(point.configuration.machine.cores) +
                " cores; this process may use " + std::to_string(cores),
            "--set machine.cores=" + std::to_string(cores) + ", or only predict: gilsim run");
      }
      require_real(study, point);
      require_this_machine(study, point);
      chosen.push_back(installed_for(study, point, found));
    }
  }
  return chosen;
}

Measurements measure(const std::vector<scenario::Point>& points,
                     const std::vector<host::InstalledInterpreter>& interpreters,
                     std::uint64_t seed, int runs, Io& io,
                     const std::function<void()>& each_round) {
  Measurements measurements;
  measurements.runs.resize(points.size());
  std::vector<bool> failed(points.size(), false);
  const Rounds rounds(points.size(), runs);
  Progress progress(io, "running", rounds.total(), Progress::Plain::kLines);
  for (std::size_t step = 0; step < rounds.total(); ++step) {
    const std::size_t i = rounds.point(step);
    if (io.stop) measurements.interrupted = true;
    if (measurements.interrupted) break;
    if (failed[i]) continue;
    progress.update(step, rounds.name(step));
    const scenario::Point& point = points[i];
    try {
      if (each_round && step % points.size() == 0) each_round();
      const model::Outcome outcome =
          host::execute(point.configuration, interpreters[i], seed, rounds.round(step), &io.stop);
      measurements.runs[i].push_back(figures_of(point.configuration, outcome));
    } catch (const host::Interrupted&) {
      measurements.interrupted = true;
    } catch (const host::HostError& error) {
      failed[i] = true;
      measurements.failures.push_back(point.label() + ": " + error.what());
    }
  }
  return measurements;
}

}  // namespace gilsim::app
