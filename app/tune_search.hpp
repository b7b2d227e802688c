// Which settings `gilsim tune` tries. First a grid: every combination of the varied keys with all
// points of the scenario. Then, where the user named no keys, at the best setting of each strategy
// what else it depends on, one thing at a time: chunk size, switch interval. Then, on every range,
// the middle between the best setting and its neighbours, until they are a tenth apart or as good.
//
// That is a search along one axis at a time: an optimum that two changes together would reach, and
// neither alone, is not found.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/study.hpp"
#include "app/sweep_plan.hpp"
#include "app/tune.hpp"

namespace gilsim::app {

OptionSpec over_option();

class TuneSearch {
 public:
  // `own`: the scenario's own setting. Throws UsageError for words that --over does not know.
  TuneSearch(const Arguments& arguments, const Study& study, const scenario::Point& own, int jobs,
             Io& io);

  const std::string& name() const { return name_; }
  const std::string& question() const { return question_; }

  // Throws as plan_sweep does, and UsageError where no setting has the point.
  std::vector<Alternative> first();
  // After that; empty: nothing is left to be tried.
  std::vector<Alternative> further(const Tuned& tuned, const Objective& objective);
  // What was tried next to the best setting, for people.
  std::string note(const Tuned& tuned) const;

 private:
  struct Axis {
    std::string key;
    std::string values;  // as after --vary KEY=
    bool is_refined = false;
  };

  void read_given();
  void choose_usual(const Study& study);
  bool is_over(const std::string& what) const;
  std::vector<Alternative> planned(const std::vector<std::string>& vary, const Alternative* base);
  std::string setting_text(const std::map<std::string, std::string>& values,
                           const scenario::Point& point) const;
  std::vector<Alternative> broadened(const Tuned& tuned, const Objective& objective);
  std::vector<Alternative> refined(const Tuned& tuned, const Objective& objective);
  std::vector<Alternative> at(const Alternative& base, const std::string& key,
                              const std::string& values);

  const Arguments arguments_;
  const scenario::Point own_;
  const int jobs_;
  Io& io_;
  std::string name_;
  std::string question_;
  std::set<std::string> over_;
  std::vector<Axis> grid_;
  std::vector<Axis> then_;
  std::set<std::string> known_;  // settings
  bool is_broadened_ = false;
  int rounds_ = 0;
};

}  // namespace gilsim::app
