// What each picture shows, as parameters of its gnuplot script; nothing is drawn here.
// In the terminal the title and the legend are lines of text above and below.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/gnuplot.hpp"
#include "app/plot_points.hpp"
#include "models/timeline/timeline.hpp"

namespace gilsim::app {

struct Picture {
  std::string name;    // of the files, without ending
  std::string script;  // of plots/
  std::string title;
  std::string legend;      // of the terminal version, below it; may be empty
  int terminal_rows = 26;  // 0: it has no terminal version
  GnuplotParameters parameters;
};

// Nothing where the scenario's points have no such picture.
std::optional<Picture> speedup_picture(const PlotReport& report,
                                       const std::vector<PlotPoint>& scenario);
std::optional<Picture> interval_picture(const PlotReport& report,
                                        const std::vector<PlotPoint>& scenario);
// The latency of threads that wait over the throughput of those that compute beside them, along the
// switch interval.
std::optional<Picture> tradeoff_picture(const PlotReport& report,
                                        const std::vector<PlotPoint>& scenario);
std::optional<Picture> accuracy_picture(const PlotReport& report);

// Predicted over measured, a panel a quantity; of each point both are there and above 0.
// PlotPoint's `scenario` is what the legend tells apart.
struct ComparedPanel {
  std::string kind;
  std::vector<PlotPoint> points;
};
Picture compared_picture(const PlotReport& report, const std::vector<ComparedPanel>& panels,
                         const std::string& file_name);

// What is said of pictures of one point: `title` is a question, `point` what was run.
struct TimelineCaption {
  std::string name;  // of the files: "timeline-NAME"
  std::string title;
  std::string point;
};
// Where the time of a run went, thread by thread, stacked.
Picture shares_picture(const PlotReport& report, const model::Timeline& timeline,
                       const TimelineCaption& caption);
// How long operations take, as a cumulative distribution a thread; nothing where none was over.
struct Latencies {
  std::string name;
  std::vector<double> seconds;
};
std::optional<Picture> latency_picture(const PlotReport& report,
                                       const std::vector<Latencies>& latencies,
                                       const TimelineCaption& caption);
// Who has the lock, who waits, who runs native code, who does input and output, by thread and by
// core: a window of one simulated run.
Picture timeline_picture(const PlotReport& report, const model::Timeline& timeline,
                         const TimelineCaption& caption);

// Letters, digits, '.', '_' and '-'; everything else becomes '-'.
std::string file_name_part(const std::string& scenario);

}  // namespace gilsim::app
