#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/pictures.hpp"
#include "app/plot.hpp"
#include "app/terminal_width.hpp"
#include "app/timeline_json.hpp"
#include "app/timeline_of.hpp"
#include "app/timeline_text.hpp"
#include "scenario/duration.hpp"

namespace gilsim::app {
namespace {

std::optional<sim::Time> time_option(const Arguments& arguments, const std::string& name) {
  const std::optional<std::string> text = arguments.value(name);
  if (!text) return std::nullopt;
  sim::Duration time;
  if (const scenario::TextError error = scenario::read_duration(*text, time)) {
    throw UsageError("--" + name + " '" + *text + "': " + error.message, error.hint);
  }
  return sim::Time::from_start(time);
}

struct Window {
  sim::Time from;
  std::optional<sim::Time> to;
};

Window window_option(const Arguments& arguments) {
  const Window window{time_option(arguments, "from").value_or(sim::Time()),
                      time_option(arguments, "to")};
  if (window.to && *window.to <= window.from) {
    throw UsageError("--from is not before --to", "as in --from 10ms --to 60ms");
  }
  return window;
}

std::string reproducing(const Arguments& arguments, std::uint64_t seed, std::uint64_t replication) {
  std::string line =
      reproducing_line("timeline", arguments, {{"seed", seed}, {"replication", replication}});
  for (const char* const name : {"point", "from", "to"}) {
    if (const auto value = arguments.value(name)) {
      line += std::string(" --") + name + " " + shell_quoted(*value);
    }
  }
  return line;
}

std::vector<std::string> drawn(const std::vector<Picture>& pictures, const std::string& folder,
                               Io& io) {
  PlotOptions options;
  options.output_folder = folder;
  options.notes = &io.err;
  try {
    return draw_pictures(pictures, options);
  } catch (const PlotOutputError& error) {
    throw OutputError(error.what());
  } catch (const PlotError& error) {
    throw UsageError(error.what());
  }
}

std::string in_terminal(const std::vector<Picture>& pictures, const Io& io) {
  PlotOptions options;
  options.columns = terminal_width();
  options.color = io.color;
  try {
    return terminal_text(pictures, options);
  } catch (const PlotError& error) {
    throw UsageError(error.what());
  }
}

std::string heading(const Study& study, const scenario::Point& point) {
  std::string text = printable(study.name) + ": " + printable(study.scenario.question) + "\n" +
                     "One run of " + full_label(point) + ".\n";
  const std::vector<std::string> others = other_labels(study, point);
  if (others.empty()) return text + "\n";
  text += "Other points, for --point:";
  for (const std::string& label : others) text += " " + printable(label);
  return text + "\n\n";
}

int run(const Arguments& arguments, Io& io) {
  const std::uint64_t seed = seed_option(arguments);
  const std::uint64_t replication = arguments.number("replication", 0, 0, 1'000'000);
  const Window window = window_option(arguments);
  const Study study = read_one_study(arguments);
  const scenario::Point& point = chosen_point(study, arguments);
  std::optional<OutputFile> json;
  if (const auto path = arguments.value("json")) json.emplace(*path, io.out, &io.err);

  const model::Timeline timeline =
      timeline_of(point, seed, replication, window.from, window.to.value_or(sim::Time::max()));
  if (timeline.from >= timeline.to) {
    throw UsageError("the run is over before --from: it took " +
                     human_time(static_cast<double>(timeline.length.count())));
  }
  const std::string again = reproducing(arguments, seed, replication);
  const model::Timeline shown = readable_part(timeline, window.from, window.to);
  std::string text = heading(study, point) + timeline_drawing(shown, terminal_width()) +
                     "\nWhere the time went, of the whole run of " +
                     human_time(static_cast<double>(timeline.length.count())) + ":\n\n" +
                     time_shares_drawing(timeline, terminal_width()) + "\n" +
                     time_shares_table(timeline);
  const TimelineCaption caption{study.name, study.scenario.question, full_label(point)};
  const PlotReport source = picture_source(study, point, again);
  if (arguments.has("terminal")) {
    const auto latencies = latency_picture(source, latencies_of(point, seed, 1), caption);
    if (latencies) text += "\n" + in_terminal({*latencies}, io);
  }
  if (const auto folder = arguments.value("output")) {
    std::vector<Picture> pictures = {timeline_picture(source, shown, caption),
                                     shares_picture(source, timeline, caption)};
    const auto latencies = latency_picture(source, latencies_of(point, seed, 1), caption);
    if (latencies && replication == 0) pictures.push_back(*latencies);
    text += "\n";
    for (const std::string& file : drawn(pictures, *folder, io)) text += file + "\n";
  }
  if (json)
    json->commit(timeline_json(timeline, {study.scenario.question, full_label(point), again}));
  if (json && json->path() == "-") return kOk;
  io.out << text << "\nAgain: " << again << "\n";
  check_written(io.out);
  return kOk;
}

}  // namespace

Command timeline_command() {
  return {"timeline",
          "FILE",
          "who has the lock, who waits, who computes: one run as a timeline",
          {"gilsim timeline configs/convoy.yaml --to 30ms",
           "gilsim timeline configs/talk/countdown.yaml --point threads@2 -o out",
           "gilsim timeline configs/convoy.yaml --json trace.json   # open in ui.perfetto.dev"},
          {point_option(),
           {"from", 0, "TIME", "where the timeline begins (default 0s)"},
           {"to", 0, "TIME",
            "where it ends (default: after some hundred changes; JSON: the run's end)"},
           {"output", 'o', "FOLDER",
            "also draw it there, with where the time went and latencies: SVG and PNG"},
           {"terminal", 0, "", "also draw how long operations take, here"},
           {"json", 0, "FILE|-", "also write it in Chrome's trace format; `-`: instead, to stdout"},
           {"replication", 0, "N", "which of the run's replications (default 0)"},
           host_spec(),
           set_spec(),
           seed_spec()},
          run};
}

}  // namespace gilsim::app
