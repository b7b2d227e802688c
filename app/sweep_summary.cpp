#include "app/sweep_summary.hpp"

#include <algorithm>

#include "app/format.hpp"
#include "app/text_table.hpp"
#include "scenario/read.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMostRows = 32;

bool less_is_better(const std::string& unit) { return unit == "ns"; }

std::string band_text(double low, double high, const std::string& unit) {
  return "[" + human_value(low, unit) + ", " + human_value(high, unit) + "]";
}

std::string values_text(const scenario::VariedKey& key) {
  const std::size_t count = key.texts.size();
  if (count > 4) {
    return std::to_string(count) + " values from " + key.texts.front() + " to " + key.texts.back();
  }
  std::string text;
  for (const std::string& value : key.texts) text += (text.empty() ? "" : ", ") + value;
  return text;
}

}  // namespace

SweepSummary::SweepSummary(const SweepPlan& plan) : plan_(plan) {
  const std::vector<scenario::Point> points = plan.expand(0);
  for (const scenario::Point& point : points) {
    const model::Configuration& first = points.front().configuration;
    cores_differ_ |= point.configuration.machine.cores != first.machine.cores;
    interpreters_differ_ |= point.interpreter != points.front().interpreter;
    intervals_differ_ |= point.configuration.switch_interval != first.switch_interval;
    locks_differ_ |= point.configuration.lock != first.lock;
  }
}

std::string SweepSummary::where(const Json& record) const {
  std::string text = record.at("label").get<std::string>();
  if (cores_differ_) text += ", " + plural(record.at("cores").get<int>(), "core");
  if (interpreters_differ_) text += ", " + record.at("interpreter").get<std::string>();
  if (intervals_differ_) {
    const auto interval = record.at("switch_interval_ns").get<std::int64_t>();
    text += ", " + scenario::format_duration(sim::Duration::nanoseconds(interval));
  }
  if (locks_differ_) text += ", " + record.at("lock").get<std::string>();
  return printable(text);
}

void SweepSummary::add(const Json& record) {
  ++points_;
  const Json& half_width = record.at("half_width");
  if (plan_.rule.precision && (half_width.is_null() || half_width > *plan_.rule.precision)) {
    ++imprecise_;
  }
  Row row;
  row.point.where = where(record);
  row.point.combination = record.at("combination").get<std::size_t>();
  for (const auto& [metric, figure] : record.at("figures").items()) {
    add_figure(metric, figure, row.point);
    row.figures.emplace_back(
        metric, human_value(figure_value(figure, "median"), figure.at("unit").get<std::string>()));
  }
  if (rows_.size() <= kMostRows) rows_.push_back(std::move(row));
}

void SweepSummary::add_figure(const std::string& metric, const Json& figure, const Seen& point) {
  const std::string unit = figure.at("unit").get<std::string>();
  Seen seen = point;
  seen.value = figure_value(figure, "median");
  seen.low = figure_value(figure, "low");
  seen.high = figure_value(figure, "high");
  const auto known =
      std::find_if(extremes_.begin(), extremes_.end(),
                   [&](const Extremes& extremes) { return extremes.metric == metric; });
  if (known == extremes_.end()) {
    extremes_.push_back({metric, unit, seen, seen});
    return;
  }
  const bool less = seen.value<known->best.value, more = seen.value> known->best.value;
  if (less_is_better(unit) ? less : more) known->best = seen;
  const bool below = seen.value<known->worst.value, above = seen.value> known->worst.value;
  if (less_is_better(unit) ? above : below) known->worst = seen;
}

std::vector<std::string> SweepSummary::varied_cells(std::size_t combination) const {
  std::vector<std::string> cells;
  const std::vector<std::size_t> chosen = plan_.family.choices(combination);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::string& text = plan_.family.keys()[i].texts[chosen[i]];
    const VariedColumn& column = plan_.columns[i];
    cells.push_back(column.kind == VariedColumn::Kind::kDuration
                        ? human_time(column.value(text).get<double>())
                        : printable(text));
  }
  return cells;
}

std::string SweepSummary::heading() const {
  std::string text = printable(plan_.name) + ": " + printable(plan_.question) + "\n";
  for (const auto& [name, host] : plan_.hosts) {
    text += "Host: " + printable(host.profile.description) + " (" + printable(host.path) + ")\n";
  }
  for (const scenario::VariedKey& key : plan_.family.keys()) {
    text += "Varied: " + printable(key.path.text) + ": " + printable(values_text(key)) + "\n";
  }
  const std::string done = points_ == plan_.points() ? "" : std::to_string(points_) + " of ";
  text += done + plural(static_cast<long long>(plan_.points()), "point") + ", " +
          plural(static_cast<long long>(plan_.combinations()), "combination");
  if (plan_.family.keys().size() > 1) {
    text += plan_.combination == scenario::Combination::kZip ? " (zipped)" : " (all with all)";
  }
  text += "; " + plural(plan_.rule.least, "replication");
  if (plan_.rule.precision) {
    text += " to " + std::to_string(plan_.rule.most) + ", until within " +
            human_percent(*plan_.rule.precision);
  }
  return text + "; seed " + std::to_string(plan_.seed) + "\n\n";
}

std::string SweepSummary::extremes_table() const {
  TextTable table;
  table.add_column("figure", TextTable::Align::kLeft);
  table.add_column("", TextTable::Align::kLeft);
  table.add_column("median");
  if (plan_.rule.most > 1) table.add_column("5 % to 95 %", TextTable::Align::kLeft);
  table.add_column("point", TextTable::Align::kLeft);
  for (const VariedColumn& column : plan_.columns) table.add_column(printable(column.key));
  const auto add = [&](const std::string& metric, const std::string& unit, const char* which,
                       const Seen& seen) {
    std::vector<std::string> cells{printable(metric), which, human_value(seen.value, unit)};
    if (plan_.rule.most > 1) cells.push_back(band_text(seen.low, seen.high, unit));
    cells.push_back(seen.where);
    for (std::string& cell : varied_cells(seen.combination)) cells.push_back(std::move(cell));
    table.add_row(std::move(cells));
  };
  for (const Extremes& extremes : extremes_) {
    add(extremes.metric, extremes.unit, "best", extremes.best);
    add("", extremes.unit, "worst", extremes.worst);
  }
  return table.text();
}

std::string SweepSummary::points_table() const {
  TextTable table;
  for (const VariedColumn& column : plan_.columns) table.add_column(printable(column.key));
  table.add_column("point", TextTable::Align::kLeft);
  for (const Extremes& extremes : extremes_) table.add_column(printable(extremes.metric));
  for (const Row& row : rows_) {
    std::vector<std::string> cells = varied_cells(row.point.combination);
    cells.push_back(row.point.where);
    for (const Extremes& extremes : extremes_) {
      const auto found =
          std::find_if(row.figures.begin(), row.figures.end(),
                       [&](const auto& figure) { return figure.first == extremes.metric; });
      cells.push_back(found == row.figures.end() ? "" : found->second);
    }
    table.add_row(std::move(cells));
  }
  return table.text();
}

std::string SweepSummary::text() const {
  std::string text = heading();
  if (points_ == 0) return text;
  if (points_ <= kMostRows) text += points_table() + "\n";
  return text + extremes_table() + "\n";
}

}  // namespace gilsim::app
