#include "app/tune_text.hpp"

#include <algorithm>

#include "analysis/mean_interval.hpp"
#include "analysis/selection.hpp"
#include "app/format.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMostRows = 12;
constexpr double kConfidence = 0.95;

bool larger_is_better(const std::string& metric) {
  const std::string rate = ".rate";
  return metric == "throughput" ||
         (metric.size() > rate.size() &&
          metric.compare(metric.size() - rate.size(), rate.size(), rate) == 0);
}

class TuneText {
 public:
  TuneText(const Tuned& tuned, const Alternative& own, const TuneRule& rule,
           const std::string& against, const std::string& note)
      : tuned_(tuned), own_(own), rule_(rule), against_(against), note_(note) {}

  std::string text() const {
    std::vector<const Alternative*> shown;
    std::size_t broken = 0;
    for (const Alternative& alternative : tuned_.alternatives) {
      if (alternative.standing == Standing::kBroken) {
        ++broken;
      } else {
        shown.push_back(&alternative);
      }
    }
    if (shown.empty()) return "No setting meets the constraint.\n";
    std::stable_sort(shown.begin(), shown.end(),
                     [&](const auto* a, const auto* b) { return gain(*a) > gain(*b); });
    const std::size_t hidden = shown.size() - std::min(shown.size(), kMostRows);
    shown.resize(shown.size() - hidden);
    std::string text = table(shown);
    if (hidden > 0) text += "  and " + settings(hidden) + " more\n";
    if (broken > 0) {
      text +=
          "  " + settings(broken) + (broken == 1 ? " does" : " do") + " not meet the constraint\n";
    }
    return text + "\n" + advice() + note_ + front();
  }

 private:
  static std::string settings(std::size_t count) {
    return plural(static_cast<long long>(count), "setting");
  }
  std::string table(const std::vector<const Alternative*>& shown) const {
    TextTable table;
    table.add_column("setting", TextTable::Align::kLeft);
    table.add_column(rule_.objective.metric);
    table.add_column("gain");
    if (rule_.constraint) table.add_column(rule_.constraint->metric);
    table.add_column("runs");
    table.add_column("", TextTable::Align::kLeft);
    for (const Alternative* const alternative : shown)
      add(table, *alternative, verdict(*alternative));
    add(table, own_, "as it is");
    return table.text();
  }
  // Over the replications that both have.
  double gain(const Alternative& alternative) const {
    const double own = own_.mean(rule_.objective.metric, alternative.runs.size()).value_or(0);
    const double other = alternative.mean(rule_.objective.metric).value_or(0);
    if (own <= 0 || other <= 0) return 1;
    return rule_.objective.maximize ? other / own : own / other;
  }
  bool is_best(const Alternative& alternative) const {
    return tuned_.best && &alternative == &tuned_.alternatives[*tuned_.best];
  }
  std::string verdict(const Alternative& alternative) const {
    if (is_best(alternative)) return "best";
    if (alternative.worse) return "worse";
    return alternative.standing == Standing::kOpen ? "constraint open" : "tied";
  }
  // Of a setting with fewer runs, carried to the others' by what the own setting had in the same.
  std::optional<double> estimate(const Alternative& alternative, const std::string& metric) const {
    const auto mean = alternative.mean(metric);
    const auto own = own_.mean(metric), own_then = own_.mean(metric, alternative.runs.size());
    return mean && own && own_then && *own_then > 0 ? *mean * (*own / *own_then) : mean;
  }
  std::string value(const Alternative& alternative, const std::string& metric) const {
    const auto mean = estimate(alternative, metric);
    return mean ? human_value(*mean, unit_of(alternative.runs.front(), metric)) : "";
  }
  void add(TextTable& table, const Alternative& alternative,
           const std::string& verdict_text) const {
    std::vector<std::string> cells = {printable(alternative.setting),
                                      value(alternative, rule_.objective.metric),
                                      human_ratio(gain(alternative))};
    if (rule_.constraint) cells.push_back(value(alternative, rule_.constraint->metric));
    cells.push_back(std::to_string(alternative.runs.size()));
    cells.push_back(verdict_text);
    table.add_row(std::move(cells));
  }
  long long count(Standing standing) const {
    return std::count_if(tuned_.alternatives.begin(), tuned_.alternatives.end(),
                         [&](const auto& a) { return a.standing == standing && !a.worse; });
  }
  std::string open_note() const {
    const long long open = count(Standing::kOpen);
    if (open == 0) return "";
    return "Of " + plural(open, "setting") +
           " the runs do not tell whether the constraint is met; --most allows more.\n";
  }
  std::string advice() const {
    if (!tuned_.best) return "No setting surely meets the constraint.\n" + open_note();
    const Alternative& best = tuned_.alternatives[*tuned_.best];
    const long long tied = count(Standing::kMet) - 1;
    const std::string sure = human_count(100 * rule_.confidence) + " %";
    return "Best: " + printable(best.setting) + ", " + human_ratio(gain(best)) +
           (tied > 0 ? "; " + std::to_string(tied) + " more cannot be told apart from it" : "") +
           ". Worse ones are so, by more than " + human_count(100 * rule_.indifference) +
           " %, at " + sure + " confidence together" +
           (rule_.constraint ? ", and so is the constraint met" : "") + ".\n" + cost_of_own(best) +
           open_note();
  }
  std::string cost_of_own(const Alternative& best) const {
    const std::vector<double> gains = gains_of(best.runs, own_.runs, rule_.objective);
    if (gains.size() < 2) return "";
    const analysis::MeanInterval interval = analysis::mean_interval(gains, kConfidence);
    if (interval.mean - interval.half_width <= 1) {
      return "As it is (" + printable(own_.setting) + ") costs nothing that could be told.\n";
    }
    return "As it is (" + printable(own_.setting) + ") costs a factor of " + gain_text(gains) +
           " in " + rule_.objective.metric + ".\n";
  }
  std::string front() const {
    if (against_.empty()) return "";
    std::vector<double> first, second;
    std::vector<const Alternative*> whose;
    for (const Alternative& alternative : tuned_.alternatives) {
      const double a = estimate(alternative, rule_.objective.metric).value_or(0);
      const double b = estimate(alternative, against_).value_or(0);
      if (a <= 0 || b <= 0) continue;
      first.push_back(rule_.objective.maximize ? 1 / a : a);
      second.push_back(prefers_large() ? 1 / b : b);
      whose.push_back(&alternative);
    }
    drop_what_a_plainer_one_matches(whose, first, second);
    if (whose.empty()) return "";
    const auto front = analysis::pareto_front(first, second);
    const std::size_t knee = analysis::knee_of(front, first, second);
    std::string text = "Pareto front of " + rule_.objective.metric + " and " + against_ + ":\n";
    for (const std::size_t i : front) {
      text += "  " + printable(whose[i]->setting) + ": " +
              value(*whose[i], rule_.objective.metric) + ", " + value(*whose[i], against_) +
              (i == knee && front.size() > 2 ? " (knee)" : "") + "\n";
    }
    return text;
  }
  // Below: the front would consist of settings that change nothing.
  void drop_what_a_plainer_one_matches(std::vector<const Alternative*>& whose,
                                       std::vector<double>& first,
                                       std::vector<double>& second) const {
    const double nearly = 1 + rule_.indifference;
    const auto is_matched = [&](std::size_t i) {
      for (std::size_t k = 0; k < whose.size(); ++k) {
        const bool plainer = whose[k]->values.size() < whose[i]->values.size();
        if (plainer && first[k] <= nearly * first[i] && second[k] <= nearly * second[i])
          return true;
      }
      return false;
    };
    std::vector<bool> matched;
    for (std::size_t i = 0; i < whose.size(); ++i) matched.push_back(is_matched(i));
    for (std::size_t i = whose.size(); i-- > 0;) {
      if (!matched[i]) continue;
      const auto at = static_cast<std::ptrdiff_t>(i);
      whose.erase(whose.begin() + at);
      first.erase(first.begin() + at);
      second.erase(second.begin() + at);
    }
  }
  bool prefers_large() const {
    if (rule_.constraint && rule_.constraint->metric == against_) return rule_.constraint->at_least;
    return larger_is_better(against_);
  }

  const Tuned& tuned_;
  const Alternative& own_;
  const TuneRule& rule_;
  const std::string& against_;
  const std::string& note_;
};

}  // namespace

std::string tune_text(const Tuned& tuned, const Alternative& own, const TuneRule& rule,
                      const std::string& against, const std::string& note) {
  return TuneText(tuned, own, rule, against, note).text();
}

std::string unit_of(const RunFigures& run, const std::string& metric) {
  for (const Figure& figure : run.figures) {
    if (figure.metric == metric) return figure.unit;
  }
  return "1";
}

std::vector<double> gains_of(const std::vector<RunFigures>& runs,
                             const std::vector<RunFigures>& own, const Objective& objective) {
  std::vector<double> gains;
  for (std::size_t i = 0; i < std::min(runs.size(), own.size()); ++i) {
    const double ours = runs[i].value(objective.metric).value_or(0);
    const double theirs = own[i].value(objective.metric).value_or(0);
    if (ours > 0 && theirs > 0) gains.push_back(objective.maximize ? ours / theirs : theirs / ours);
  }
  return gains;
}

std::string gain_text(const std::vector<double>& gains) {
  const analysis::MeanInterval interval = analysis::mean_interval(gains, kConfidence);
  return human_ratio(interval.mean) + " [" + human_ratio(interval.mean - interval.half_width) +
         ", " + human_ratio(interval.mean + interval.half_width) + "]";
}

}  // namespace gilsim::app
