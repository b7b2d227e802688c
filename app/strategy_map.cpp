#include "app/strategy_map.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/sweep_plot.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::json;

constexpr double kClose = 1.05;         // of the best wall time
constexpr std::size_t kMostCells = 40;  // along an axis
constexpr int kWidth = 1160;

struct Axis {
  std::string name;  // for people
  std::vector<double> values;
  std::vector<std::string> texts;
};

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string axis_name(const std::string& key) {
  if (key == "workload.task_time_ns") return "time of a task, alone";
  if (key == "workload.waiting") return "share of its time that a task waits";
  return ends_with(key, "_ns") ? key.substr(0, key.size() - 3) : key;
}

std::string axis_text(const std::string& key, double value) {
  if (ends_with(key, "_ns")) return short_name(1e-9 * value, "s");
  if (key == "workload.waiting") return human_count(100 * value) + " %%";  // a format to gnuplot
  return short_name(value, "1");
}

std::optional<Axis> axis_of(const std::string& key, const std::vector<Json>& records) {
  std::set<double> values;
  for (const Json& record : records) {
    const Json& value = record.at("varied").at(key);
    if (!value.is_number()) return std::nullopt;
    values.insert(value.get<double>());
  }
  if (values.size() < 2 || values.size() > kMostCells) return std::nullopt;
  Axis axis{axis_name(key), {values.begin(), values.end()}, {}};
  for (const double value : axis.values) axis.texts.push_back(axis_text(key, value));
  return axis;
}

std::size_t place_of(const Axis& axis, const Json& value) {
  const auto found = std::lower_bound(axis.values.begin(), axis.values.end(), value.get<double>());
  return static_cast<std::size_t>(found - axis.values.begin());
}

// Of one pair of values: every strategy's shortest wall time, and the gain that goes with it.
struct Cell {
  struct Best {
    double wall = 0;
    std::optional<double> speedup;
  };
  std::map<std::string, Best> strategies;

  void add(const Json& record) {
    const Json& figures = record.at("figures");
    const double wall = figures.at("wall").at("median_ns").get<double>();
    const auto [known, is_new] = strategies.try_emplace(record.at("strategy"));
    if (!is_new && known->second.wall <= wall) return;
    known->second.wall = wall;
    known->second.speedup = std::nullopt;
    if (figures.contains("speedup")) known->second.speedup = figures.at("speedup").at("median");
  }

  // Best first.
  std::vector<std::string> ranked() const {
    std::vector<std::string> names;
    for (const auto& [name, best] : strategies) names.push_back(name);
    std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
      return strategies.at(a).wall < strategies.at(b).wall;
    });
    return names;
  }
};

// The shortest beginnings that tell the strategies apart, the first letter large.
std::vector<std::string> letters_of(const std::vector<std::string>& strategies) {
  std::vector<std::string> letters;
  for (const std::string& strategy : strategies) {
    std::size_t length = 1;
    const auto alike = [&] {
      return std::count_if(strategies.begin(), strategies.end(), [&](const std::string& other) {
        return other.compare(0, length, strategy, 0, length) == 0;
      });
    };
    while (length < strategy.size() && alike() > 1) ++length;
    letters.push_back(strategy.substr(0, length));
    letters.back()[0] = static_cast<char>(std::toupper(letters.back()[0]));
  }
  return letters;
}

bool differs_by_strategy_only(const std::vector<Json>& records) {
  std::map<std::string, std::set<std::string>> settings;  // by pair of values
  for (const Json& record : records) {
    if (!record.at("figures").contains("wall")) return false;
    const std::string setting = record.at("cores").dump() + record.at("interpreter").dump() +
                                record.at("switch_interval_ns").dump() + record.at("lock").dump();
    settings[record.at("varied").dump()].insert(setting);
  }
  return std::all_of(settings.begin(), settings.end(),
                     [](const auto& pair) { return pair.second.size() == 1; });
}

// Looks that do not change with what else is in the picture.
std::vector<double> styles_of(const std::vector<std::string>& strategies) {
  std::vector<double> styles;
  double next = 3;
  for (const std::string& strategy : strategies) {
    styles.push_back(strategy == "sequential"  ? 8
                     : strategy == "threads"   ? 1
                     : strategy == "processes" ? 2
                                               : next++);
  }
  return styles;
}

class Map {
 public:
  Map(Axis x, Axis y, const std::string& x_key, const std::string& y_key,
      const std::vector<Json>& records)
      : x_(std::move(x)), y_(std::move(y)) {
    std::set<std::string> names;
    for (const Json& record : records) {
      const Json& varied = record.at("varied");
      cells_[{place_of(x_, varied.at(x_key)), place_of(y_, varied.at(y_key))}].add(record);
      names.insert(record.at("strategy"));
    }
    strategies_.assign(names.begin(), names.end());
    letters_ = letters_of(strategies_);
  }

  std::size_t strategies() const { return strategies_.size(); }

  void fill(GnuplotParameters& p) const {
    std::vector<std::string> clear(strategies_.size()), close(strategies_.size());
    std::vector<std::string> words, terminal_words;
    std::string dark_labels, pale_labels;
    for (const auto& [place, cell] : cells_) {
      const std::vector<std::string> ranked = cell.ranked();
      const std::size_t best = index_of(ranked.front());
      const bool is_close = ranked.size() > 1 && cell.strategies.at(ranked[1]).wall <=
                                                     kClose * cell.strategies.at(ranked[0]).wall;
      const double x = static_cast<double>(place.first + 1);
      const double y = static_cast<double>(place.second + 1);
      (is_close ? close : clear)[best] += data_row({x, y, x - 0.5, x + 0.5, y - 0.5, y + 0.5});
      words.push_back(word(cell, ranked, is_close));
      terminal_words.push_back(is_close ? letters_[best] + "=" : letters_[best]);
      (is_close ? pale_labels : dark_labels) += data_row({x, y, static_cast<double>(words.size())});
    }
    const std::string nothing = "NaN NaN NaN NaN NaN NaN\n";
    std::string data;
    for (std::size_t i = 0; i < strategies_.size(); ++i) {
      data += (i == 0 ? "" : "\n\n") + (clear[i].empty() ? nothing : clear[i]) + "\n\n" +
              (close[i].empty() ? nothing : close[i]);
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < strategies_.size(); ++i) {
      names.push_back(letters_[i] + ": " + strategies_[i]);
    }
    p.set("NAMES", names);
    p.set("STYLES", styles_of(strategies_));
    p.set("CELL_WORDS", words);
    p.set("TERMINAL_WORDS", terminal_words);
    p.set("X_NAME", x_.name);
    p.set("Y_NAME", y_.name);
    p.set("X_TEXTS", x_.texts);
    p.set("Y_TEXTS", y_.texts);
    p.set_data("DATA", data);
    p.set_data("DARK", dark_labels.empty() ? "NaN NaN 1.0\n" : dark_labels);
    p.set_data("PALE", pale_labels.empty() ? "NaN NaN 1.0\n" : pale_labels);
  }

  int height() const { return 250 + std::max<int>(200, 34 * static_cast<int>(y_.values.size())); }
  int terminal_rows() const { return 8 + static_cast<int>(y_.values.size()); }
  std::string legend() const {
    std::string text;
    for (std::size_t i = 0; i < strategies_.size(); ++i) {
      text += (i == 0 ? "" : ", ") + letters_[i] + ": " + strategies_[i];
    }
    return text + "; =: another strategy comes within 5 %. Across: " + x_.name +
           "; upwards: " + y_.name + ".";
  }

 private:
  std::size_t index_of(const std::string& strategy) const {
    return static_cast<std::size_t>(std::find(strategies_.begin(), strategies_.end(), strategy) -
                                    strategies_.begin());
  }
  // "T 3.9", the gain over sequential; "T=P" where the two are close.
  std::string word(const Cell& cell, const std::vector<std::string>& ranked, bool is_close) const {
    const std::string& letter = letters_[index_of(ranked[0])];
    if (is_close) return letter + "=" + letters_[index_of(ranked[1])];
    const auto speedup = cell.strategies.at(ranked[0]).speedup;
    if (!speedup || x_.values.size() > 16) return letter;
    char text[32];
    std::snprintf(text, sizeof(text), " %.2g", *speedup);
    return letter + text;
  }

  Axis x_, y_;
  std::vector<std::string> strategies_;
  std::vector<std::string> letters_;
  std::map<std::pair<std::size_t, std::size_t>, Cell> cells_;
};

}  // namespace

std::optional<Picture> strategy_map(const Json& header, const std::vector<std::string>& keys,
                                    const std::vector<Json>& records) {
  if (keys.size() != 2 || records.empty() || !differs_by_strategy_only(records)) {
    return std::nullopt;
  }
  auto x = axis_of(keys[0], records), y = axis_of(keys[1], records);
  if (!x || !y) return std::nullopt;
  const Map map(std::move(*x), std::move(*y), keys[0], keys[1], records);
  if (map.strategies() < 2) return std::nullopt;

  const PlotReport report = read_plot_report(report_of_sweep(header, {records.front()}));
  Picture picture;
  picture.name = "map-" + file_name_part(header.at("scenario"));
  picture.script = "map.gp";
  picture.title = header.at("question");
  picture.terminal_rows = map.terminal_rows();
  picture.legend = map.legend();
  const std::string subtitle =
      "The strategy of the shortest wall time and its speedup over sequential, medians of " +
      plural(report.replications, "simulation") +
      ". Pale, with =: the second named comes within 5 %.";
  set_frame(picture.parameters, {picture.title, subtitle, {kWidth, map.height()}}, report,
            report.points);
  map.fill(picture.parameters);
  return picture;
}

}  // namespace gilsim::app
