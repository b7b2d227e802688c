#include "app/kept_runs.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/progress.hpp"
#include "host/calibrate.hpp"
#include "host/execute.hpp"
#include "host/host_error.hpp"
#include "host/host_speed.hpp"
#include "host/recorded_run.hpp"
#include "host/run_identity.hpp"

namespace gilsim::app {
namespace {

constexpr auto kCommitEvery = std::chrono::seconds(10);
constexpr const char* kHandovers = "handovers";

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

RunStore read_or_begin(const std::string& path, const std::vector<Study>& studies,
                       std::uint64_t seed) {
  const model::HostIdentity here = host::this_host();
  if (!std::filesystem::exists(path)) {
    RunStore store;
    store.seed = seed;
    store.host = here;
    store.cores = studies.front().profile.machine.cores;
    store.first = store.latest = now_text();
    store.driver = host::driver_identity();
    store.profile = studies.front().profile.measured;
    return store;
  }
  RunStore store = RunStore::read(path);
  const std::string way_out = "name another file, or remove it";
  if (store.host.fingerprint != here.fingerprint) {
    throw UsageError("'" + path + "' holds runs of another host", way_out);
  }
  if (store.driver != host::driver_identity()) {
    throw UsageError("'" + path + "' holds runs of another version of the driver", way_out);
  }
  require_same_work(store, path, studies, seed);
  return store;
}

}  // namespace

KeptRuns::KeptRuns(const std::string& path, const std::vector<Study>& studies,
                   const KeptRunsOptions& options, Io& io)
    : options_(options),
      io_(io),
      file_(path, io.out),
      store_(read_or_begin(path, studies, options.seed)),
      committed_(std::chrono::steady_clock::now()) {
  for (const Study& study : studies) {
    for (const scenario::Point& point : study.points) {
      slots_.push_back({&point, study.name, host::work_identity(point.configuration, options.seed),
                        host::can_count_handovers(point.configuration), false});
    }
  }
}

KeptPoint& KeptRuns::kept(const Slot& slot) {
  if (KeptPoint* const known = store_.find(slot.scenario, slot.work)) return *known;
  return store_.add({slot.scenario, kept_label(*slot.point), slot.work, {}, {}});
}

bool KeptRuns::is_missing(const Slot& slot, std::size_t round) const {
  if (slot.failed) return false;
  const KeptPoint* const known = store_.find(slot.scenario, slot.work);
  if (known == nullptr || known->runs.size() <= round) return true;
  return slot.countable && round < static_cast<std::size_t>(options_.recorded) &&
         known->handovers.size() <= round;
}

void KeptRuns::run_one(Slot& slot, std::size_t round,
                       const host::InstalledInterpreter& interpreter) {
  KeptPoint& point = kept(slot);
  const model::Configuration& configuration = slot.point->configuration;
  if (point.runs.size() <= round) {
    point.runs.push_back(figures_of(
        configuration, host::execute(configuration, interpreter, options_.seed, round, &io_.stop)));
  }
  if (slot.countable && round < static_cast<std::size_t>(options_.recorded) &&
      point.handovers.size() <= round) {
    point.handovers.push_back(static_cast<double>(
        host::count_handovers(configuration, interpreter, options_.seed, round, &io_.stop)));
  }
}

void KeptRuns::measure_speeds(const std::vector<host::InstalledInterpreter>& interpreters) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const scenario::Point& point = *slots_[i].point;
    if (store_.speeds.count(point.interpreter) != 0) continue;
    store_.speeds[point.interpreter].before = host::speed_now(
        interpreters[i], point.configuration.interpreter, kProcessesBefore, &io_.stop);
  }
  commit();
}

void KeptRuns::note_speeds(const std::vector<host::InstalledInterpreter>& interpreters) {
  std::map<std::string, bool> seen;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const scenario::Point& point = *slots_[i].point;
    if (!seen.emplace(point.interpreter, true).second) continue;
    KeptSpeed& speed = store_.speeds[point.interpreter];
    speed.rounds.push_back(
        host::speed_now(interpreters[i], point.configuration.interpreter, 1, &io_.stop).median /
        speed.before.median);
  }
}

Measurements KeptRuns::measure(const std::vector<host::InstalledInterpreter>& interpreters) {
  Measurements result;
  const std::size_t points = slots_.size();
  const std::size_t total = points * static_cast<std::size_t>(options_.runs);
  Progress progress(io_, "running", total, Progress::Plain::kLines);
  try {
    std::size_t spoken_of = total;  // the round that speeds were noted for
    for (std::size_t step = 0; step < total; ++step) {
      const std::size_t round = step / points;
      const std::size_t i = round % 2 == 0 ? step % points : points - 1 - step % points;
      if (io_.stop) throw host::Interrupted();
      if (!is_missing(slots_[i], round)) continue;
      progress.update(
          step, "round " + std::to_string(round + 1) + " of " + std::to_string(options_.runs));
      if (round != spoken_of) note_speeds(interpreters);
      spoken_of = round;
      try {
        run_one(slots_[i], round, interpreters[i]);
      } catch (const host::Interrupted&) {
        throw;
      } catch (const host::HostError& error) {
        slots_[i].failed = true;
        result.failures.push_back(slots_[i].scenario + ", " + kept_label(*slots_[i].point) + ": " +
                                  error.what());
      }
      commit_now_and_then();
    }
  } catch (const host::Interrupted&) {
    result.interrupted = true;
  }
  commit();
  return result;
}

void KeptRuns::commit() {
  store_.latest = now_text();
  file_.commit(store_.text());
  committed_ = std::chrono::steady_clock::now();
}

void KeptRuns::commit_now_and_then() {
  if (std::chrono::steady_clock::now() - committed_ >= kCommitEvery) commit();
}

std::vector<std::vector<RunFigures>> kept_figures(const RunStore& store,
                                                  const std::vector<Study>& studies) {
  std::vector<std::vector<RunFigures>> all;
  for (const Study& study : studies) {
    for (const scenario::Point& point : study.points) {
      all.emplace_back();
      const KeptPoint* const kept =
          store.find(study.name, host::work_identity(point.configuration, store.seed));
      if (kept == nullptr) continue;
      all.back() = kept->runs;
      for (std::size_t i = 0; i < std::min(kept->runs.size(), kept->handovers.size()); ++i) {
        all.back()[i].figures.push_back({kHandovers, "count", kept->handovers[i]});
      }
    }
  }
  return all;
}

void add_handovers(std::vector<Prediction>& predictions,
                   const std::vector<scenario::Point>& points) {
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (!host::can_count_handovers(points[i].configuration)) continue;
    for (RunFigures& run : predictions[i].replications) {
      run.figures.push_back({kHandovers, "count", run.lock_handovers});
    }
  }
}

void apply_speeds(const RunStore& store, std::vector<Study>& studies) {
  for (Study& study : studies) {
    for (scenario::Point& point : study.points) {
      const auto found = store.speeds.find(point.interpreter);
      if (found != store.speeds.end()) {
        count_with_speed(point.configuration, found->second.before);
      }
      point.configuration.run_name = study.name + ", " + kept_label(point);
    }
  }
}

std::vector<SpeedWatch::Line> speed_lines(const RunStore& store) {
  std::vector<SpeedWatch::Line> lines;
  for (const auto& [interpreter, speed] : store.speeds) {
    SpeedWatch::Line line{interpreter, speed.before.median, {}};
    if (!speed.rounds.empty()) line.during_the_runs = analysis::band_of(speed.rounds);
    lines.push_back(std::move(line));
  }
  return lines;
}

void require_same_work(const RunStore& store, const std::string& path,
                       const std::vector<Study>& studies, std::uint64_t seed) {
  if (store.seed != seed) {
    throw UsageError("'" + path + "' holds runs of seed " + std::to_string(store.seed),
                     "--seed " + std::to_string(store.seed) + ", or name another file");
  }
  for (const Study& study : studies) {
    if (study.profile.measured == store.profile) continue;
    throw UsageError(
        "'" + path + "' holds runs whose work stands on the host profile measured " +
            printable(store.profile) + "; '" + study.profile_path + "' was measured " +
            (study.profile.measured.empty() ? "never" : printable(study.profile.measured)),
        "name that profile with --host, or another file");
  }
}

}  // namespace gilsim::app
