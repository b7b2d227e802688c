#include "app/trace_explain.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <numeric>
#include <ostream>

#include "app/errors.hpp"
#include "app/explain.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/trace_names.hpp"
#include "app/trace_study.hpp"
#include "app/trace_text.hpp"

namespace gilsim::app {
namespace {

using sim::Duration;

constexpr std::size_t kShownThreads = 12;

Duration duration_of(std::uint64_t nanoseconds) {
  return Duration::nanoseconds(static_cast<std::int64_t>(nanoseconds));
}

std::uint64_t blocked(const trace::ThreadSummary& thread) {
  return std::accumulate(
      thread.blocked.begin(), thread.blocked.end(), std::uint64_t{0},
      [](std::uint64_t sum, const trace::CallTime& call) { return sum + call.time; });
}

std::string longest_holder(const trace::ThreadSummary& thread,
                           const std::vector<std::string>& names) {
  const auto longest =
      std::max_element(thread.waited_for.begin(), thread.waited_for.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return longest == thread.waited_for.end() ? "" : names[longest->first];
}

std::string convoys_text(const std::vector<Convoy>& convoys) {
  if (convoys.empty())
    return "\nNo convoy was recorded: no thread that works without the lock "
           "mostly waited to get it back.\n";
  std::string text = "\n";
  for (const Convoy& one : convoys) {
    text += "Convoy: thread " + one.waiter + " waited for the lock " +
            plural(static_cast<long long>(one.waits), "time") + ", " +
            human_time(static_cast<double>(one.mean_wait.count())) + " on average (" +
            human_ratio(one.intervals) + " the switch interval), " + human_percent(one.share) +
            " of its life, mostly for thread " + one.holder +
            ", which lets go only when it has been asked for a whole interval.\n";
  }
  return text;
}

// What the recorded program itself did, among the points of its scenario.
const scenario::Point& recorded_point(const Study& study, const Arguments& arguments) {
  const auto sequential =
      std::find_if(study.points.begin(), study.points.end(),
                   [](const scenario::Point& point) { return point.strategy == "sequential"; });
  const bool is_serial = sequential != study.points.end() && !arguments.has("point");
  return is_serial ? *sequential : chosen_point(study, arguments);
}

int explain_changes(const std::string& text, const Arguments& arguments,
                    const PredictionOptions& options, Io& io) {
  const Study study = study_of_text(text, arguments.operands().front() + ".yaml", arguments);
  const scenario::Point& point = recorded_point(study, arguments);
  const Explanation explanation = explain(point, options, io);
  if (explanation.interrupted) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  }
  const std::string path = shell_quoted(arguments.operands().front());
  io.out << "\nWhat would help, simulated with the scenario of the recording (" << full_label(point)
         << "):\n"
         << changes_text(explanation) << advice(explanation) << "\nThe scenario: gilsim trace "
         << path << " --scenario FILE\n";
  return kOk;
}

}  // namespace

bool is_trace(const std::string& path) {
  char magic[sizeof trace::kMagic] = {};
  std::ifstream file(path, std::ios::binary);
  file.read(magic, sizeof magic);
  return file && std::memcmp(magic, trace::kMagic, sizeof magic) == 0;
}

std::vector<Convoy> convoys_in(const trace::Summary& summary, Duration interval) {
  const std::vector<std::string> names = thread_names(summary);
  std::vector<Convoy> convoys;
  for (std::size_t index = 0; index < summary.threads.size(); ++index) {
    const trace::ThreadSummary& thread = summary.threads[index];
    const std::uint64_t count = thread.wait_times.count();
    if (count == 0 || thread.end <= thread.begin) continue;
    Convoy convoy{names[index], longest_holder(thread, names), count, {}, 0, 0};
    convoy.mean_wait = duration_of(thread.wait_times.sum() / count);
    convoy.intervals =
        static_cast<double>(convoy.mean_wait.count()) / static_cast<double>(interval.count());
    convoy.share =
        static_cast<double>(thread.waited) / static_cast<double>(thread.end - thread.begin);
    const Duration unlocked = duration_of(thread.native + blocked(thread) + thread.waited);
    if (is_convoy(convoy, unlocked, duration_of(thread.held))) convoys.push_back(convoy);
  }
  std::stable_sort(convoys.begin(), convoys.end(),
                   [](const Convoy& a, const Convoy& b) { return a.share > b.share; });
  return convoys;
}

int explain_trace(const Arguments& arguments, const PredictionOptions& options, Io& io) {
  const std::string path = arguments.operands().front();
  const trace::TraceFile file(path);
  const trace::Summary summary = trace::summarize(file);
  const std::vector<trace::TaskTotals> tasks = tasks_in(file);
  io.out << trace_text(file, summary, tasks, kShownThreads);
  std::string text;
  try {
    text = scenario_text(file, summary, tasks, {arguments.value("host")}, path);
  } catch (const UsageError& error) {
    io.out << "\nWhat would help can't be simulated: " << error.what() << "\n";
  }
  if (text.empty()) return kOk;
  const Study study = study_of_text(text, path + ".yaml", arguments);
  io.out << convoys_text(convoys_in(summary, study.points.front().configuration.switch_interval));
  return explain_changes(text, arguments, options, io);
}

}  // namespace gilsim::app
