#include "app/tune_search.hpp"

#include <algorithm>
#include <cmath>

#include "app/errors.hpp"
#include "app/focus.hpp"
#include "app/tune_axis.hpp"
#include "app/what_if.hpp"
#include "models/lock/registry.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

constexpr int kMostRounds = 8;
constexpr const char* kInterval = "interpreter.switch_interval";
constexpr const char* kOverWords[] = {"interval", "workers", "strategy", "chunk"};

bool is_chunk(const std::string& key) {
  return key == "workload.chunk_size" || key == "pool.chunk_size";
}

bool travels_in_chunks(const model::Configuration& configuration) {
  return model::is_process_strategy(configuration.strategy) ||
         configuration.strategy == model::StrategyKind::kDummyPool;
}

// Whether threads beside each other share a lock; those of a pool of processes do, in its parent.
bool depends_on_interval(const model::Configuration& configuration) {
  if (!model::excludes(configuration)) return false;
  if (!configuration.is_batch()) return true;
  return model::is_thread_strategy(configuration.strategy) ||
         model::is_process_strategy(configuration.strategy);
}

bool matters(const std::string& key, const model::Configuration& configuration) {
  if (!configuration.is_batch()) return true;
  if (key == kInterval) return depends_on_interval(configuration);
  if (is_chunk(key)) return travels_in_chunks(configuration);
  if (key == "workers") return model::has_workers(configuration.strategy);
  return key != "start_method" || model::is_process_strategy(configuration.strategy);
}

// Settings that differ in one key only, perhaps.
bool differ_at_most_in(const std::string& key, const Alternative& a, const Alternative& b) {
  if (a.point.strategy != b.point.strategy || a.point.interpreter != b.point.interpreter) {
    return false;
  }
  if (key != "workers" && a.point.workers != b.point.workers) return false;
  const auto without = [&](std::map<std::string, std::string> values) {
    values.erase(key);
    values.erase("workers");
    return values;
  };
  return without(a.values) == without(b.values);
}

std::optional<AxisValue> value_on(const std::string& key, const Alternative& alternative) {
  if (key == "workers") return axis_value(std::to_string(alternative.point.workers));
  const auto found = alternative.values.find(key);
  return found == alternative.values.end() ? std::nullopt : axis_value(found->second);
}

std::vector<AxisValue> tried_on(const std::string& key, const Alternative& at, const Tuned& tuned) {
  std::vector<AxisValue> tried;
  for (const Alternative& other : tuned.alternatives) {
    if (!differ_at_most_in(key, at, other)) continue;
    if (const auto value = value_on(key, other)) tried.push_back(*value);
  }
  return tried;
}

// Whether its neighbours on that axis are as good, and what is between them therefore, too.
bool is_flat(const std::string& key, const Alternative& at, const Tuned& tuned,
             const Objective& objective) {
  constexpr double kNothing = 0.005;
  const Neighbours next = neighbours_of(*value_on(key, at), tried_on(key, at, tuned));
  const double cost = cost_of(at, objective);
  for (const Alternative& other : tuned.alternatives) {
    if (!differ_at_most_in(key, at, other)) continue;
    const auto value = value_on(key, other);
    const bool is_next = value && ((next.below && value->number == next.below->number) ||
                                   (next.above && value->number == next.above->number));
    if (!is_next) continue;
    const bool as_good = other.standing == Standing::kMet &&
                         std::fabs(cost_of(other, objective) - cost) <= kNothing * std::fabs(cost);
    if (!as_good) return false;
  }
  return true;
}

std::string usual_workers(const Study& study) {
  const int tasks = study.scenario.workload->tasks;
  const int most = std::min(tasks, 16 * study.profile.machine.cores);
  std::set<int> counts(study.scenario.workers.begin(), study.scenario.workers.end());
  for (const int count : {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, tasks}) {
    if (count <= most) counts.insert(count);
  }
  std::string workers;
  for (const int count : counts) workers += (workers.empty() ? "" : ",") + std::to_string(count);
  return workers;
}

std::string usual_chunks(const Study& study) {
  std::string chunks = "1";
  for (const int size : {4, 16, 64, 256}) {
    if (size <= study.scenario.workload->tasks) chunks += "," + std::to_string(size);
  }
  return chunks;
}

}  // namespace

OptionSpec over_option() {
  return {"over", 0, "LIST", "interval,workers,chunk,strategy (default: all but strategy)"};
}

TuneSearch::TuneSearch(const Arguments& arguments, const Study& study, const scenario::Point& own,
                       int jobs, Io& io)
    : arguments_(arguments), own_(own), jobs_(jobs), io_(io) {
  if (arguments_.has("vary") && arguments_.has("over")) {
    throw UsageError("--vary and --over exclude each other", "--vary names keys and their values");
  }
  std::string words = arguments_.value("over").value_or("");
  while (!words.empty()) {
    const std::size_t comma = words.find(',');
    const std::string word = words.substr(0, comma);
    words = comma == std::string::npos ? "" : words.substr(comma + 1);
    const std::vector<std::string> all(std::begin(kOverWords), std::end(kOverWords));
    if (std::find(all.begin(), all.end(), word) == all.end()) {
      const std::string like = scenario::nearest(word, all);
      throw UsageError(
          "--over does not know '" + word + "'",
          like.empty() ? "it knows " + scenario::join(all) : "did you mean '" + like + "'?");
    }
    over_.insert(word);
  }
  if (arguments_.has("vary")) {
    read_given();
  } else {
    choose_usual(study);
  }
}

// What is named is all there is; a range is one, not its points.
void TuneSearch::read_given() {
  is_broadened_ = true;
  for (const std::string& text : arguments_.all("vary")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) continue;  // plan_sweep says so
    const std::string values = text.substr(equals + 1);
    const bool is_range = values.find("..") != std::string::npos;
    grid_.push_back({text.substr(0, equals), values, is_range && !arguments_.has("zip")});
  }
}

bool TuneSearch::is_over(const std::string& what) const {
  return over_.empty() ? what != "strategy" : over_.count(what) > 0;
}

// What is worth a look where nobody said what to vary.
void TuneSearch::choose_usual(const Study& study) {
  if (!study.scenario.workload) {
    if (is_over("interval")) {
      grid_.push_back({kInterval, "50us,100us,200us,500us,1ms,2ms,5ms,10ms,20ms,50ms", true});
    }
  } else {
    if (is_over("strategy")) {
      grid_.push_back({"strategies", scenario::join(strategies_that_can_run(own_), ","), false});
    }
    if (is_over("workers")) grid_.push_back({"workers", usual_workers(study), true});
    const bool in_workload = study.scenario.workload->chunk_size.has_value();
    const std::string chunk = in_workload ? "workload.chunk_size" : "pool.chunk_size";
    const model::PoolPattern pattern = own_.configuration.pool.pattern;
    const bool in_chunks =
        pattern != model::PoolPattern::kSubmit && pattern != model::PoolPattern::kOneByOne;
    if (is_over("chunk") && in_chunks) then_.push_back({chunk, usual_chunks(study), true});
    if (is_over("interval")) then_.push_back({kInterval, "100us,500us,2ms,10ms,50ms", true});
  }
  if (grid_.empty() && then_.empty()) {
    throw UsageError("--over names nothing that this scenario depends on",
                     "--over interval for named threads; workers, strategy and chunk for a batch");
  }
}

std::string TuneSearch::setting_text(const std::map<std::string, std::string>& values,
                                     const scenario::Point& point) const {
  std::string text;
  for (const auto& [key, value] : values) {
    if (key != "workers" && key != "strategies") text += key + "=" + value + " ";
  }
  return text + point.label();
}

// Threads of different groups do not compete: of named threads one group is looked at. Beside a
// `base`, its strategy and, unless they are varied, its workers only.
std::vector<Alternative> TuneSearch::planned(const std::vector<std::string>& vary,
                                             const Alternative* base) {
  const Arguments arguments = arguments_.instead("vary", vary);
  std::vector<Alternative> all;
  if (vary.empty()) {
    const Study study = read_one_study(arguments);
    name_ = study.name;
    question_ = study.scenario.question;
    for (const scenario::Point& point : study.points) {
      if (!known_.insert(point.label()).second) continue;
      all.push_back({point.label(), point, {}, {}, Standing::kMet, false});
    }
    return all;
  }
  const SweepPlan plan = plan_sweep(arguments, jobs_, io_);
  name_ = plan.name;
  question_ = plan.question;
  for (std::size_t i = 0; i < plan.combinations(); ++i) {
    const std::vector<std::size_t> chosen = plan.family.choices(i);
    for (scenario::Point& point : plan.expand(i)) {
      std::map<std::string, std::string> values;
      bool varies_workers = false;
      for (std::size_t k = 0; k < chosen.size(); ++k) {
        const std::string& key = plan.columns[k].key;
        varies_workers = varies_workers || key == "workers";
        if (matters(key, point.configuration)) {
          values[key] = plan.family.keys()[k].texts[chosen[k]];
        }
      }
      const bool competes = point.configuration.is_batch() || point.label() == own_.label();
      const bool belongs =
          base == nullptr || (point.strategy == base->point.strategy &&
                              (varies_workers || point.workers == base->point.workers));
      if (!competes || !belongs) continue;
      std::string setting = setting_text(values, point);
      if (!known_.insert(setting).second) continue;  // `sequential` has no workers
      all.push_back(
          {std::move(setting), std::move(point), std::move(values), {}, Standing::kMet, false});
    }
  }
  return all;
}

std::vector<Alternative> TuneSearch::first() {
  std::vector<std::string> vary;
  for (const Axis& axis : grid_) vary.push_back(axis.key + "=" + axis.values);
  std::vector<Alternative> all = planned(vary, nullptr);
  if (all.empty()) {
    throw UsageError("no varied setting has the point '" + own_.label() + "'",
                     "choose another one with --point");
  }
  return all;
}

std::vector<Alternative> TuneSearch::at(const Alternative& base, const std::string& key,
                                        const std::string& values) {
  std::vector<std::string> vary;
  for (const auto& [other, value] : base.values) {
    if (other != key) vary.push_back(other + "=" + value);
  }
  vary.push_back(key + "=" + values);
  return planned(vary, &base);
}

std::vector<Alternative> TuneSearch::further(const Tuned& tuned, const Objective& objective) {
  if (!is_broadened_) {
    is_broadened_ = true;
    std::vector<Alternative> more = broadened(tuned, objective);
    if (!more.empty()) return more;
  }
  if (rounds_ == kMostRounds) return {};
  ++rounds_;
  return refined(tuned, objective);
}

// At the best setting of each strategy.
std::vector<Alternative> TuneSearch::broadened(const Tuned& tuned, const Objective& objective) {
  std::map<std::string, const Alternative*> best;
  for (const Alternative& alternative : tuned.alternatives) {
    if (alternative.standing == Standing::kBroken) continue;
    const Alternative*& of_strategy = best[alternative.point.strategy];
    const bool is_better = of_strategy == nullptr ||
                           cost_of(alternative, objective) < cost_of(*of_strategy, objective);
    if (is_better) {
      of_strategy = &alternative;
    }
  }
  std::vector<Alternative> more;
  for (const auto& [strategy, alternative] : best) {
    for (const Axis& axis : then_) {
      if (!matters(axis.key, alternative->point.configuration)) continue;
      for (Alternative& added : at(*alternative, axis.key, axis.values)) {
        more.push_back(std::move(added));
      }
    }
  }
  return more;
}

std::vector<Alternative> TuneSearch::refined(const Tuned& tuned, const Objective& objective) {
  if (!tuned.best) return {};
  const Alternative& best = tuned.alternatives[*tuned.best];
  std::vector<Alternative> more;
  for (const std::vector<Axis>* const axes : {&grid_, &then_}) {
    for (const Axis& axis : *axes) {
      const auto value = axis.is_refined && matters(axis.key, best.point.configuration)
                             ? value_on(axis.key, best)
                             : std::nullopt;
      if (!value) continue;
      if (is_flat(axis.key, best, tuned, objective)) continue;
      const auto texts = between_neighbours(*value, tried_on(axis.key, best, tuned));
      if (texts.empty()) continue;
      for (Alternative& added : at(best, axis.key, scenario::join(texts, ","))) {
        more.push_back(std::move(added));
      }
    }
  }
  return more;
}

std::string TuneSearch::note(const Tuned& tuned) const {
  if (!tuned.best) return "";
  const Alternative& best = tuned.alternatives[*tuned.best];
  std::string text;
  for (const std::vector<Axis>* const axes : {&grid_, &then_}) {
    for (const Axis& axis : *axes) {
      const auto value = axis.is_refined && matters(axis.key, best.point.configuration)
                             ? value_on(axis.key, best)
                             : std::nullopt;
      if (!value) continue;
      const Neighbours next = neighbours_of(*value, tried_on(axis.key, best, tuned));
      std::string beside;
      if (next.below) beside = axis_text(*next.below);
      if (next.above) beside += (beside.empty() ? "" : " and ") + axis_text(*next.above);
      if (beside.empty()) continue;
      text += (text.empty() ? "Tried next to the best: " : "; ") + axis.key + " " + beside;
      if (!next.above) text += " (it is the largest tried)";
      if (!next.below) text += " (it is the smallest tried)";
    }
  }
  return text.empty() ? "" : text + ".\n";
}

}  // namespace gilsim::app
