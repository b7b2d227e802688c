// What the changes that were tried would gain, and which one to try first.
#include <algorithm>
#include <map>

#include "app/explain.hpp"
#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr double kWorthwhile = 1.05;
constexpr std::size_t kMostChanges = 10;
constexpr std::size_t kMostOfFamily = 2;
constexpr std::size_t kWidth = 96;

std::vector<std::string> shown_metrics(const scenario::Point& point) {
  if (point.configuration.is_batch()) return {"wall"};
  std::vector<std::string> metrics;
  for (const model::LoopingThread& thread : point.configuration.threads) {
    if (metrics.size() < 4) metrics.push_back(thread.name + ".rate");
  }
  return metrics;
}

std::vector<std::string> row_of(const Explanation& explanation, const std::string& what,
                                const Prediction& prediction, const std::string& gain) {
  std::vector<std::string> cells = {what};
  for (const std::string& metric : shown_metrics(explanation.point)) {
    const auto value = median_of(prediction, metric);
    cells.push_back(value ? human_value(*value, metric == "wall" ? "ns" : "1/s") : "");
  }
  cells.push_back(gain);
  return cells;
}

void add_to_list(std::string& list, const TriedChange& tried) {
  list += (list.empty() ? "" : "; ") + tried.change.what + " (" +
          (tried.is_ruled_out ? "at most " : "") + human_ratio(tried.gain) + ")";
}

// The least effort among what gains nearly as much as the best, whose machine is the same.
const TriedChange* first_to_try(const Explanation& explanation) {
  constexpr double kNearly = 0.8;
  const TriedChange* best = nullptr;
  double most = kWorthwhile;
  for (const TriedChange& tried : explanation.tried) {
    if (tried.change.kind == Change::Kind::kMachine) continue;
    most = std::max(most, tried.gain);
    const bool near = tried.gain >= kNearly * most && tried.gain >= kWorthwhile;
    if (near && (!best || tried.change.kind < best->change.kind)) best = &tried;
  }
  return best;
}

}  // namespace

std::string changes_text(const Explanation& explanation) {
  TextTable table;
  table.add_column("change", TextTable::Align::kLeft);
  for (const std::string& metric : shown_metrics(explanation.point)) {
    table.add_column(metric == "wall" ? "wall time" : metric);
  }
  table.add_column("gain");
  table.add_row(row_of(explanation, "as it is", explanation.own, ""));
  std::string without;
  std::map<std::string, std::size_t> of_family;
  std::size_t rows = 0;
  for (const TriedChange& tried : explanation.tried) {
    std::size_t& shown = of_family[tried.change.family];
    const bool enough = rows == kMostChanges || shown == kMostOfFamily;
    if (tried.gain < kWorthwhile) {
      if (shown == 0) add_to_list(without, tried);
      shown = kMostOfFamily;
    } else if (!enough) {
      table.add_row(
          row_of(explanation, tried.change.what, tried.prediction, human_ratio(tried.gain)));
      ++shown;
      ++rows;
    }
  }
  const std::string runs = std::to_string(explanation.own.replications.size());
  const std::string head =
      rows == 0 ? "Nothing that was tried in the simulator gains as much as 5 %."
                : "What would change it, each tried in the simulator, " + runs + " runs each:";
  std::string text = wrapped(head, kWidth) + "\n";
  if (rows > 0) text += "\n" + table.text();
  if (!without.empty())
    text += "\n" + wrapped("Gains less than 5 %, the best of each kind: " + without + ".", kWidth) +
            "\n";
  return text;
}

std::string advice(const Explanation& explanation) {
  const TriedChange* const best = first_to_try(explanation);
  if (best == nullptr) return "";
  std::string text = "Try first: " + best->change.what + ", " + human_ratio(best->gain) + ".";
  if (best->change.kind == Change::Kind::kSetting) return text;
  for (const TriedChange& tried : explanation.tried) {
    if (tried.change.kind != Change::Kind::kSetting || tried.gain < kWorthwhile) continue;
    return text + " By a setting alone: " + tried.change.what + ", " + human_ratio(tried.gain) +
           ".";
  }
  return text;
}

}  // namespace gilsim::app
