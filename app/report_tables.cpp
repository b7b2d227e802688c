#include "app/report_tables.hpp"

#include <algorithm>
#include <set>

#include "app/conditioning.hpp"
#include "app/format.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

using BandMember = std::optional<analysis::Band> MetricReport::*;
using Cells = std::vector<std::string>;
constexpr auto kLeft = TextTable::Align::kLeft;

std::string value_text(const MetricReport* metric, BandMember band) {
  if (metric == nullptr || !(metric->*band)) return "";
  return human_value((metric->*band)->median, metric->unit);
}

std::string band_text(const MetricReport* metric, BandMember band) {
  if (metric == nullptr || !(metric->*band)) return "";
  const analysis::Band& values = *(metric->*band);
  return "[" + human_value(values.low, metric->unit) + ", " +
         human_value(values.high, metric->unit) + "]";
}

bool varies_interval(const ScenarioReport& scenario) {
  return std::any_of(scenario.points.begin(), scenario.points.end(), [&](const PointReport& p) {
    return p.point.configuration.switch_interval !=
           scenario.points.front().point.configuration.switch_interval;
  });
}

bool names_locks(const ScenarioReport& scenario) {
  return std::any_of(scenario.points.begin(), scenario.points.end(),
                     [](const PointReport& p) { return p.point.configuration.lock.has_value(); });
}

// The columns that say which point a row is about.
class PointColumns {
 public:
  explicit PointColumns(const ScenarioReport& scenario)
      : batch_(scenario.points.empty() || scenario.points[0].point.configuration.is_batch()),
        interval_(varies_interval(scenario)),
        lock_(names_locks(scenario)) {}

  void add_to(TextTable& table) const {
    table.add_column(batch_ ? "strategy" : "threads", kLeft);
    table.add_column("workers");
    table.add_column("cores");
    table.add_column("interpreter", kLeft);
    table.add_column("interval");
    table.add_column("lock", kLeft);
  }

  Cells of(const PointReport& point) const {
    const model::Configuration& configuration = point.point.configuration;
    return {printable(point.point.strategy),
            batch_ ? std::to_string(point.point.workers) : "",
            std::to_string(configuration.machine.cores),
            point.point.interpreter,
            interval_ ? scenario::format_duration(configuration.switch_interval) : "",
            lock_ ? lock_name(configuration) : ""};
  }

 private:
  bool batch_;
  bool interval_;
  bool lock_;
};

void append(Cells& cells, const Cells& more) {
  cells.insert(cells.end(), more.begin(), more.end());
}

std::string count_text(const std::optional<double>& count) {
  return count ? human_count(*count) : "";
}

std::string note_text(const PointReport& point, const std::string& metric) {
  return point.is_ill_conditioned(metric) ? "ill-conditioned" : "";
}

bool is_sequential(const PointReport& point) {
  return point.point.configuration.strategy == model::StrategyKind::kSequential;
}

bool refers_to_sequential(const ScenarioReport& scenario, const PointReport& point) {
  return std::any_of(scenario.points.begin(), scenario.points.end(), [&](const PointReport& p) {
    return same_setting(p, point) && p.metric("speedup") != nullptr;
  });
}

std::string speedup_text(const ScenarioReport& scenario, const PointReport& point,
                         BandMember band) {
  std::string text = value_text(point.metric("speedup"), band);
  if (!text.empty() || !is_sequential(point) || !refers_to_sequential(scenario, point)) return text;
  return human_ratio(1);
}

TextTable batch_table(const ScenarioReport& scenario, BandMember band) {
  const bool simulated = band == &MetricReport::predicted;
  const PointColumns columns(scenario);
  TextTable table;
  columns.add_to(table);
  table.add_column("wall time");
  table.add_column("5 % to 95 %", kLeft);
  table.add_column("speedup");
  table.add_column("CPU time");
  table.add_column(simulated ? "handovers" : "switches");
  table.add_column("runs");
  table.add_column("best", kLeft);
  table.add_column("note", kLeft);
  for (std::size_t i = 0; i < scenario.points.size(); ++i) {
    const PointReport& point = scenario.points[i];
    const MetricReport* const wall = point.metric("wall");
    Cells cells = columns.of(point);
    append(cells, {value_text(wall, band), band_text(wall, band),
                   speedup_text(scenario, point, band), value_text(point.metric("cpu"), band),
                   count_text(simulated ? point.lock_handovers : point.voluntary_switches),
                   simulated || wall == nullptr ? "" : std::to_string(wall->runs),
                   best_rival(scenario, i, band) == i ? "best" : "",
                   simulated ? note_text(point, "wall") : ""});
    table.add_row(std::move(cells));
  }
  return table;
}

TextTable looping_table(const ScenarioReport& scenario, BandMember band) {
  const bool simulated = band == &MetricReport::predicted;
  const PointColumns columns(scenario);
  TextTable table;
  columns.add_to(table);
  table.add_column("thread", kLeft);
  for (const char* const metric : {"rate", "p50", "p99"}) {
    table.add_column(metric);
    table.add_column("5 % to 95 %", kLeft);
  }
  table.add_column(simulated ? "handovers" : "switches");
  table.add_column("runs");
  table.add_column("note", kLeft);
  for (const PointReport& point : scenario.points) {
    std::string count = count_text(simulated ? point.lock_handovers : point.voluntary_switches);
    for (const model::LoopingThread& thread : point.point.configuration.threads) {
      Cells cells = columns.of(point);
      cells.push_back(printable(thread.name));
      const MetricReport* const rate = point.metric(thread.name + ".rate");
      for (const char* const metric : {".rate", ".p50", ".p99"}) {
        const MetricReport* const seen = point.metric(thread.name + metric);
        append(cells, {value_text(seen, band), band_text(seen, band)});
      }
      append(cells, {count, simulated || rate == nullptr ? "" : std::to_string(rate->runs),
                     simulated ? note_text(point, thread.name + ".rate") : ""});
      table.add_row(std::move(cells));
      count.clear();
    }
  }
  return table;
}

TextTable table_of(const ScenarioReport& scenario, BandMember band) {
  if (scenario.points.empty()) return {};
  return scenario.points[0].point.configuration.is_batch() ? batch_table(scenario, band)
                                                           : looping_table(scenario, band);
}

std::set<std::string> baseline_names(const ScenarioReport& scenario) {
  std::set<std::string> names;
  for (const PointReport& point : scenario.points) {
    for (const MetricReport& metric : point.metrics) {
      for (const auto& [name, value] : metric.baseline) names.insert(name);
    }
  }
  return names;
}

std::string baseline_error_text(const MetricReport& metric, const std::string& name) {
  const auto found = metric.baseline.find(name);
  if (found == metric.baseline.end() || !metric.measured) return "";
  const auto error = analysis::relative_error(found->second, metric.measured->median);
  return error ? signed_percent(*error) : "";
}

}  // namespace

std::string scenario_heading(const ScenarioReport& scenario) {
  return printable(scenario.name) + ": " + printable(scenario.question) + "\n" +
         "Host: " + printable(scenario.host) + "\n\n";
}

TextTable prediction_rows(const ScenarioReport& scenario) {
  return table_of(scenario, &MetricReport::predicted);
}

std::string prediction_table(const ScenarioReport& scenario) {
  return table_of(scenario, &MetricReport::predicted).text();
}

std::string measurement_table(const ScenarioReport& scenario) {
  return table_of(scenario, &MetricReport::measured).text();
}

std::string comparison_table(const ScenarioReport& scenario) {
  const PointColumns columns(scenario);
  const std::set<std::string> baselines = baseline_names(scenario);
  TextTable table;
  columns.add_to(table);
  table.add_column("metric", kLeft);
  table.add_column("predicted");
  table.add_column("5 % to 95 %", kLeft);
  table.add_column("measured");
  table.add_column("5 % to 95 %", kLeft);
  table.add_column("error");
  for (const std::string& name : baselines) table.add_column("'" + name + "'");
  table.add_column("note", kLeft);
  for (const PointReport& point : scenario.points) {
    for (const MetricReport& metric : point.metrics) {
      Cells cells = columns.of(point);
      const auto error = metric.error();
      append(cells,
             {printable(metric.metric), value_text(&metric, &MetricReport::predicted),
              band_text(&metric, &MetricReport::predicted),
              value_text(&metric, &MetricReport::measured),
              band_text(&metric, &MetricReport::measured), error ? signed_percent(*error) : ""});
      for (const std::string& name : baselines) cells.push_back(baseline_error_text(metric, name));
      cells.push_back(note_text(point, metric.metric));
      table.add_row(std::move(cells));
    }
  }
  return table.text();
}

std::string conditioning_note(const ScenarioReport& scenario) {
  const PointReport* where = nullptr;
  const IllConditioned* worst = nullptr;
  int points = 0;
  for (const PointReport& point : scenario.points) {
    points += point.ill_conditioned.empty() ? 0 : 1;
    for (const IllConditioned& condition : point.ill_conditioned) {
      if (worst && moved(condition) <= moved(*worst)) continue;
      worst = &condition;
      where = &point;
    }
  }
  if (!worst) return "";
  return "ill-conditioned: a race within microseconds decides " +
         (points == 1 ? "this figure" : "figures of " + std::to_string(points) + " points") +
         "; trust its kind, not its digits. " + (points == 1 ? "" : "Most in ") +
         printable(where->point.label()) + ": " + conditioning_text(*worst) + ".\n";
}

bool same_setting(const PointReport& left, const PointReport& right) {
  const model::Configuration& a = left.point.configuration;
  const model::Configuration& b = right.point.configuration;
  return a.machine.cores == b.machine.cores && left.point.interpreter == right.point.interpreter &&
         a.switch_interval == b.switch_interval && a.lock == b.lock;
}

std::optional<std::size_t> best_rival(const ScenarioReport& scenario, std::size_t index,
                                      BandMember band) {
  std::optional<std::size_t> best;
  std::size_t rivals = 0;
  double shortest = 0;
  for (std::size_t i = 0; i < scenario.points.size(); ++i) {
    if (!same_setting(scenario.points[i], scenario.points[index])) continue;
    const MetricReport* const wall = scenario.points[i].metric("wall");
    if (wall == nullptr || !(wall->*band)) continue;
    ++rivals;
    if (!best || (wall->*band)->median < shortest) {
      best = i;
      shortest = (wall->*band)->median;
    }
  }
  return rivals > 1 ? best : std::nullopt;
}

}  // namespace gilsim::app
