// The page of a validation, in Markdown: where and how, scores of the cases that models may be
// looked at with and of those that are held out, rivals, prediction intervals, decisions, where
// predictions can be trusted, the worst cases with their causes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/report.hpp"
#include "app/run_store.hpp"

namespace gilsim::app {

// Of a case ("convoy, cpu+sleeper@2, 1 core, ..., sleeper.rate"), or of the beginning of its name,
// why it is off. From a file of JSON: {"beginning of a name": "cause"}.
using Causes = std::map<std::string, std::string>;
// Throws UsageError. No path: no causes.
Causes read_causes(const std::string& path);

struct PageSource {
  const Report& report;
  const RunStore& store;
  const std::vector<Study>& studies;
  Causes causes;
  std::vector<std::string> pictures;  // file names, beside the page
  std::vector<std::string> missing;   // cases without real runs
};

// Cases whose scenario's name begins with "holdout/" are the held-out ones.
bool is_held_out(const ScenarioReport& scenario);

std::string validation_page(const PageSource& source);

}  // namespace gilsim::app
