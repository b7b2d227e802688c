#include <algorithm>

#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/pictures.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMostSteps = 400;  // of a curve

// "sleeper: half of them in 6.20 ms, 99 % in 6.30 ms".
std::string name_of(const Latencies& latencies) {
  const auto within = [&](double share) {
    return human_time(1e9 * analysis::quantile(latencies.seconds, share));
  };
  return latencies.name + ": half of them in " + within(0.5) + ", 99 % in " + within(0.99);
}

std::string curve(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  const std::size_t count = seconds.size();
  const std::size_t steps = std::min(count, kMostSteps);
  std::string rows = data_row({seconds.front(), 0});
  for (std::size_t i = 1; i <= steps; ++i) {
    const std::size_t rank = i * count / steps;
    rows += data_row(
        {seconds[rank - 1], 100.0 * static_cast<double>(rank) / static_cast<double>(count)});
  }
  return rows;
}

}  // namespace

std::optional<Picture> latency_picture(const PlotReport& report,
                                       const std::vector<Latencies>& latencies,
                                       const TimelineCaption& caption) {
  std::vector<std::string> names;
  std::vector<double> all;
  std::string data;
  for (const Latencies& of_thread : latencies) {
    if (of_thread.seconds.empty() || names.size() == 8) continue;
    names.push_back(name_of(of_thread));
    data += (data.empty() ? "" : "\n\n") + curve(of_thread.seconds);
    all.insert(all.end(), of_thread.seconds.begin(), of_thread.seconds.end());
  }
  if (names.empty()) return std::nullopt;
  Picture picture;
  picture.name = "latency-" + file_name_part(caption.name);
  picture.script = "latency.gp";
  picture.title = caption.title;
  GnuplotParameters& p = picture.parameters;
  set_frame(p,
            {picture.title,
             caption.point + ": how long operations take, of " +
                 plural(report.replications, "simulation") + ".",
             {1060, 520 + 24 * static_cast<int>(names.size())}},
            report, report.points);
  set_axis(p, "X", log_axis(all, "s"));
  p.set("XLABEL", "time from the end of one operation to the end of the next, or of a task");
  p.set("NAMES", names);
  p.set_data("DATA", data);
  return picture;
}

}  // namespace gilsim::app
