#include "app/trace_scenario.hpp"

#include <algorithm>
#include <cmath>

#include "app/answered_program.hpp"
#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/trace_interpreter.hpp"
#include "app/trace_names.hpp"
#include "app/trace_program.hpp"
#include "host/trace/bursts.hpp"
#include "scenario/emit_yaml.hpp"
#include "scenario/write_value.hpp"

namespace gilsim::app {
namespace {

using scenario::Node;
using sim::Duration;

constexpr std::uint64_t kShortestWindow = 50'000'000;
constexpr std::size_t kMaxThreads = 32;

std::uint32_t busiest_image(const trace::Summary& summary) {
  if (summary.locks.empty()) throw UsageError("the trace has no lock that was taken", "");
  const auto busiest =
      std::max_element(summary.locks.begin(), summary.locks.end(),
                       [](const auto& a, const auto& b) { return a.held < b.held; });
  return busiest->image;
}

// Threads that live at least half as long as the longest one do; without others the main thread.
std::vector<std::size_t> long_lived(const trace::Summary& summary, std::uint32_t image) {
  const auto life = [&](std::size_t index) {
    return summary.threads[index].end - summary.threads[index].begin;
  };
  std::vector<std::size_t> found;
  std::uint64_t longest = 0;
  for (std::size_t index = 0; index < summary.threads.size(); ++index) {
    const trace::ThreadSummary& thread = summary.threads[index];
    if (thread.image != image || thread.is_main || thread.takes == 0) continue;
    found.push_back(index);
    longest = std::max(longest, life(index));
  }
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](std::size_t index) { return life(index) < longest / 2; }),
              found.end());
  for (std::size_t index = 0; index < summary.threads.size(); ++index) {
    const trace::ThreadSummary& thread = summary.threads[index];
    if (thread.image == image && thread.is_main) found.insert(found.begin(), index);
  }
  return found;
}

trace::Window common_window(const trace::Summary& summary,
                            const std::vector<std::size_t>& threads) {
  trace::Window window;
  for (const std::size_t index : threads) {
    const trace::ThreadSummary& thread = summary.threads[index];
    if (thread.is_main && threads.size() > 1) continue;
    window.begin = std::max(window.begin, thread.begin);
    window.end = std::min(window.end, thread.end);
  }
  if (window.begin + kShortestWindow <= window.end) return window;
  throw UsageError("no threads of the recording ran at the same time for 50 ms",
                   "a scenario is made of threads that go on; record a longer run");
}

std::string rate_text(std::size_t count, const trace::Window& window) {
  return human_rate(static_cast<double>(count) * 1e9 /
                    static_cast<double>(window.end - window.begin));
}

class ScenarioMaker {
 public:
  ScenarioMaker(const trace::TraceFile& file, const trace::Summary& summary,
                const model::HostProfile& profile, const TraceScenarioOptions& options)
      : file_(file),
        summary_(summary),
        profile_(profile),
        options_(options),
        image_(busiest_image(summary)),
        threads_(long_lived(summary, image_)),
        window_(common_window(summary, threads_)),
        bursts_(trace::find_bursts(file, window_)),
        version_(minor_version(file.images()[image_].interpreter)) {}

  std::string text() {
    const Node programs = thread_programs();
    Node root = Node::mapping();
    root.put("question", Node::scalar("What would change for this recorded program?"));
    root.put("host", Node::scalar(options_.host));
    if (file_.header().cores > 0) {
      Node machine = Node::mapping();
      machine.put("cores", Node::scalar(std::to_string(file_.header().cores)));
      root.put("machine", std::move(machine));
    }
    root.put("interpreter", interpreter());
    root.put("threads", programs);
    root.put("duration", scenario::write_value(Duration::nanoseconds(
                             static_cast<std::int64_t>(window_.end - window_.begin))));
    return notes() + scenario::emit_yaml(root);
  }

 private:
  Node interpreter() const {
    Node node = Node::mapping();
    node.put("version", Node::scalar(version_, true));
    const auto interval = interval_seen(bursts_, profile_);
    if (interval) node.put("switch_interval", scenario::write_value(*interval));
    return node;
  }

  Node thread_programs() {
    const TraceProgram program(profile_, parameters_of(profile_, version_), options_.replay);
    const std::vector<std::string> names = thread_names(summary_);
    Node programs = Node::mapping();
    for (const std::size_t index : threads_) {
      const trace::ThreadBursts& found = bursts_[index];
      if (is_idle(found) || programs.entries.size() == kMaxThreads) {
        ++left_out_;
        continue;
      }
      const std::string name = names[index] == "main" ? "main" : "thread-" + names[index];
      const std::vector<model::Step> steps = steps_of(program, name, index);
      Node thread = Node::mapping();
      thread.put("program", scenario::write_value(steps));
      programs.put(name, std::move(thread));
    }
    if (!programs.entries.empty()) return programs;
    throw UsageError("no thread of the recording did anything again and again", "");
  }

  // A thread that computes throughout may have let the lock go once or twice.
  bool is_idle(const trace::ThreadBursts& found) const {
    std::uint64_t python = found.unfinished;
    for (const trace::Round& round : found.rounds) python += round.python;
    return found.rounds.size() < 3 && python < (window_.end - window_.begin) / 100;
  }

  std::vector<model::Step> steps_of(const TraceProgram& program, const std::string& name,
                                    std::size_t index) {
    const trace::ThreadBursts& found = bursts_[index];
    const trace::ThreadSummary& thread = summary_.threads[index];
    if (const auto answered = answered_rounds(found.rounds)) {
      note_answers(name, *answered);
      return answered_steps(*answered, found, thread, program, options_.replay);
    }
    const std::vector<model::Step> steps = program.steps(found, thread);
    note_thread(name, found, steps.size() > 2 || options_.replay);
    return steps;
  }

  void note_answers(const std::string& name, const AnsweredRounds& answered) {
    thread_notes_ += "#   " + name + ": " + rate_text(answered.ends.size(), window_) +
                     " answers; one is an operation here, its latency is from the request on,\n"
                     "#     which comes so long after the answer before as in the " +
                     std::to_string(answered.received) + " of " +
                     std::to_string(answered.ends.size()) + " that were waited for\n";
  }

  void note_thread(const std::string& name, const trace::ThreadBursts& found, bool is_replayed) {
    thread_notes_ += "#   " + name + ": ";
    if (found.rounds.empty()) {
      thread_notes_ += "it computed throughout\n";
      return;
    }
    thread_notes_ += rate_text(found.rounds.size(), window_) + " rounds";
    if (is_replayed) {
      thread_notes_ += ", of which " +
                       std::to_string(std::min(found.rounds.size(), kMaxReplayedRounds)) +
                       " are one operation here";
    }
    thread_notes_ += "\n";
  }

  std::string notes() const {
    std::uint64_t handovers = 0;
    for (const std::size_t index : threads_) handovers += bursts_[index].handovers;
    std::string text = "# Recorded: " + command_text(file_.images()[image_].command) + "\n" +
                       thread_notes_ +
                       "#   handovers of the lock: " + rate_text(handovers, window_) + "\n";
    if (left_out_ > 0) {
      text +=
          "# Left out: " + plural(left_out_, "thread") + " that did next to nothing meanwhile.\n";
    }
    return text +
           "# Waits are as long as they were, also those for other threads: whom they waited for "
           "was\n"
           "# not seen. Native code that holds the lock looks like bytecode.\n";
  }

  const trace::TraceFile& file_;
  const trace::Summary& summary_;
  const model::HostProfile& profile_;
  const TraceScenarioOptions& options_;
  const std::uint32_t image_;
  const std::vector<std::size_t> threads_;
  const trace::Window window_;
  const std::vector<trace::ThreadBursts> bursts_;
  const std::string version_;
  std::string thread_notes_;
  int left_out_ = 0;
};

}  // namespace

std::string trace_scenario(const trace::TraceFile& file, const trace::Summary& summary,
                           const model::HostProfile& profile, const TraceScenarioOptions& options) {
  return ScenarioMaker(file, summary, profile, options).text();
}

}  // namespace gilsim::app
