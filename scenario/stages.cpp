#include "scenario/stages.hpp"

#include <algorithm>

#include "models/program/task_graph.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

using Names = std::vector<std::string>;

Names names_of(const Scenario& scenario) {
  Names names;
  for (const auto& [name, stage] : scenario.stages) names.push_back(name);
  return names;
}

std::size_t index_of(const Names& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<model::Stage> stages_of(const Scenario& scenario) {
  const Names names = names_of(scenario);
  std::vector<model::Stage> stages;
  for (const auto& [name, entry] : scenario.stages) {
    model::Stage stage{name, entry.tasks, entry.task.size()};
    for (const auto& other : entry.after.values) stage.after.push_back(index_of(names, other));
    for (const auto& other : entry.each_after.values) {
      stage.each_after.push_back(index_of(names, other));
    }
    stages.push_back(std::move(stage));
  }
  return stages;
}

// The mark of one of the names of `after` or `each_after`, which is one name or a list.
const Mark& mark_of(const Node& names, std::size_t index) {
  return names.is_list() ? names.items[index].mark : names.mark;
}

class StageCheck {
 public:
  StageCheck(const Node& root, const Scenario& scenario, Problems& problems)
      : root_(root),
        stages_(*root.find("stages")),
        scenario_(scenario),
        names_(names_of(scenario)),
        problems_(problems) {}

  void check() {
    const std::size_t before = problems_.count();
    check_strategies();
    for (const auto& [name, stage] : scenario_.stages) {
      check_names(name, stage.after.values, "after");
      check_names(name, stage.each_after.values, "each_after");
    }
    if (problems_.count() != before) return;
    for (const auto& [name, stage] : scenario_.stages) check_numbers(name, stage);
    check_cycle();
  }

 private:
  const Node& waits(const std::string& stage, const char* key) const {
    return *stages_.find(stage)->find(key);
  }

  void check_strategies() {
    const Node* const list = root_.find("strategies");
    for (std::size_t i = 0; i < scenario_.strategies.size(); ++i) {
      const model::StrategyKind kind = scenario_.strategies[i];
      if (kind != model::StrategyKind::kDummyPool && kind != model::StrategyKind::kHybrid) continue;
      problems_.add(list->items[i].mark,
                    "the strategy '" + std::string(model::name_of(kind)) +
                        "' is modelled without tasks that wait for others",
                    "use threads, or processes");
    }
  }

  void check_names(const std::string& stage, const Names& others, const char* key) {
    for (std::size_t i = 0; i < others.size(); ++i) {
      const Mark& mark = mark_of(waits(stage, key), i);
      if (std::find(names_.begin(), names_.end(), others[i]) != names_.end()) continue;
      problems_.add(mark, "no stage is named '" + others[i] + "'",
                    suggestion(others[i], names_, "stages"));
    }
  }

  void check_numbers(const std::string& name, const StageEntry& stage) {
    const Names& others = stage.each_after.values;
    for (std::size_t i = 0; i < others.size(); ++i) {
      const int tasks = scenario_.stages[index_of(names_, others[i])].second.tasks;
      if (tasks == stage.tasks) continue;
      problems_.add(mark_of(waits(name, "each_after"), i),
                    "'" + name + "' has " + std::to_string(stage.tasks) + " tasks and '" +
                        others[i] + "' has " + std::to_string(tasks) +
                        ": each can't wait for one of its own",
                    "give both as many, or use `after`");
    }
  }

  void check_cycle() {
    const std::vector<model::Stage> stages = stages_of(scenario_);
    const std::vector<std::size_t> cycle = model::cycle_of(stages);
    if (cycle.empty()) return;
    std::string way = "'" + names_[cycle.front()] + "'";
    for (std::size_t i = 1; i <= cycle.size(); ++i) {
      way += " after '" + names_[cycle[i % cycle.size()]] + "'";
    }
    const model::Stage& first = stages[cycle.front()];
    const std::size_t next = cycle[1 % cycle.size()];
    const auto in_after = std::find(first.after.begin(), first.after.end(), next);
    const bool after = in_after != first.after.end();
    const auto place = after ? in_after - first.after.begin()
                             : std::find(first.each_after.begin(), first.each_after.end(), next) -
                                   first.each_after.begin();
    problems_.add(
        mark_of(waits(first.name, after ? "after" : "each_after"), static_cast<std::size_t>(place)),
        "the stages wait for each other: " + way,
        "one of them must begin: take one of these names out");
  }

  const Node& root_;
  const Node& stages_;
  const Scenario& scenario_;
  const Names names_;
  Problems& problems_;
};

}  // namespace

void check_stages(const Node& root, const Scenario& scenario, Problems& problems) {
  if (!scenario.stages.empty()) StageCheck(root, scenario, problems).check();
}

model::Batch batch_of_stages(const Scenario& scenario) {
  model::Batch batch;
  batch.stages = stages_of(scenario);
  batch.tasks = model::tasks_of(batch.stages);
  for (const auto& [name, entry] : scenario.stages) {
    batch.task.insert(batch.task.end(), entry.task.begin(), entry.task.end());
  }
  return batch;
}

}  // namespace gilsim::scenario
