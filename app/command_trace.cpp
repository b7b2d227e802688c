#include <memory>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/output_file.hpp"
#include "app/trace_json.hpp"
#include "app/trace_study.hpp"
#include "app/trace_text.hpp"
#include "app/trace_timeline.hpp"
#include "host/trace/summary.hpp"
#include "scenario/duration.hpp"

namespace gilsim::app {
namespace {

std::uint64_t time_option(const Arguments& arguments, const std::string& name,
                          std::uint64_t fallback) {
  const auto text = arguments.value(name);
  if (!text) return fallback;
  sim::Duration duration;
  const auto error = scenario::read_duration(*text, duration);
  if (error || duration.count() < 0) {
    throw UsageError("--" + name + ": '" + *text + "' is no time since the beginning",
                     "a number and its unit, as 1.5s or 200ms");
  }
  return static_cast<std::uint64_t>(duration.count());
}

TimelineWindow window_options(const Arguments& arguments) {
  const TimelineWindow whole;
  const TimelineWindow window{time_option(arguments, "from", whole.from),
                              time_option(arguments, "to", whole.to)};
  const bool is_asked_for = arguments.has("from") || arguments.has("to");
  if (is_asked_for && !arguments.has("timeline")) {
    throw UsageError("--from and --to choose a part of the --timeline", "name a file for it");
  }
  if (window.from >= window.to) throw UsageError("--from is not before --to", "");
  return window;
}

std::unique_ptr<OutputFile> output_option(const Arguments& arguments, const std::string& name,
                                          Io& io) {
  const auto path = arguments.value(name);
  return path ? std::make_unique<OutputFile>(*path, io.out, &io.err) : nullptr;
}

bool to_standard_output(const std::unique_ptr<OutputFile>& file) {
  return file != nullptr && file->path() == "-";
}

TraceScenarioChoice scenario_choice(const Arguments& arguments) {
  return {arguments.value("host"), arguments.value("of"), arguments.value("task"),
          arguments.has("replay")};
}

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().size() != 1) {
    throw UsageError("one trace to read is needed", "gilsim trace gilsim.trace");
  }
  const std::uint64_t threads = arguments.number("threads", 20, 1, 1'000'000);
  const TimelineWindow window = window_options(arguments);
  const auto json = output_option(arguments, "json", io);
  const auto timeline = output_option(arguments, "timeline", io);
  const auto made_scenario = output_option(arguments, "scenario", io);
  const trace::TraceFile file(arguments.operands().front());
  const trace::Summary summary = trace::summarize(file);
  const std::vector<trace::TaskTotals> tasks = tasks_in(file);
  if (made_scenario) {
    const std::string path = arguments.operands().front();
    made_scenario->commit(scenario_text(file, summary, tasks, scenario_choice(arguments), path));
  }
  if (timeline) timeline->commit(trace_timeline(file, summary, window));
  if (json) json->commit(trace_json(file, summary, tasks));
  if (!to_standard_output(json) && !to_standard_output(timeline) &&
      !to_standard_output(made_scenario))
    io.out << trace_text(file, summary, tasks, threads);
  check_written(io.out);
  return kOk;
}

}  // namespace

Command trace_command() {
  return {"trace",
          "FILE",
          "what a recorded program did with the interpreter lock",
          {"gilsim trace app.trace", "gilsim trace app.trace --timeline app.json --from 1s --to 2s",
           "gilsim trace app.trace --json - | jq .locks"},
          {{"threads", 0, "N", "threads to show, those with most to do with a lock (20)"},
           {"timeline", 0, "FILE", "a timeline for Perfetto (Chrome's trace format)"},
           {"from", 0, "TIME", "beginning of the timeline, since that of the recording"},
           {"to", 0, "TIME", "end of the timeline"},
           {"scenario", 0, "FILE", "a scenario of the tasks, or of the threads that ran at once"},
           {"of", 0, "KIND", "what the scenario is of: tasks (where there are any) or threads"},
           {"task", 0, "NAME", "which tasks; those with most time when not given"},
           {"replay", 0, "", "its steps in their recorded order, instead of drawn times"},
           {"host", 0, "NAME", "the profile that it stands on (this, else default)"},
           {"json", 0, "FILE", "everything as JSON; - is standard output"}},
          run};
}

}  // namespace gilsim::app
