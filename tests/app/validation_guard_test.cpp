// The score of the committed real runs, so that a change of a model shows at once what it gains and
// loses. Each ceiling is what was found when the data were committed and half as much again: no
// change of the draws gets there, a model that has become worse does. When one is missed for a good
// reason, say why in the commit that moves it. The page is made anew by the command at its top.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/quantile.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

std::string source(const std::string& path) { return GILSIM_SOURCE_DIR "/" + path; }

const nlohmann::json& report() {
  static const nlohmann::json found = [] {
    const test::TemporaryFolder folder;
    const std::string file = folder.path("scored.json");
    const test::Ran result = test::ran({"validate", source("configs/validation"), "--host",
                                        source("configs/hosts/validation.yaml"), "--measured",
                                        source("configs/measured/validation.json"),
                                        "--replications", "11", "--json", file});
    EXPECT_EQ(result.code, 0) << result.err;
    return nlohmann::json::parse(test::read_text(file));
  }();
  return found;
}

bool ends_in(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

struct Scores {
  std::vector<double> errors;  // without sign
};

Scores scores_of(const std::string& metric, bool held_out) {
  Scores scores;
  for (const nlohmann::json& point : report().at("points")) {
    const bool is_held_out = point.at("scenario").get<std::string>().rfind("holdout/", 0) == 0;
    if (is_held_out != held_out || !ends_in(point.at("metric").get<std::string>(), metric))
      continue;
    if (point.at("error").is_null()) continue;
    scores.errors.push_back(std::abs(point.at("error").get<double>()));
  }
  return scores;
}

struct Ceiling {
  const char* metric;
  bool held_out;
  std::size_t figures;  // at least
  double median_error;
};

class Guard : public testing::TestWithParam<Ceiling> {};

TEST_P(Guard, TheMedianErrorStaysBelowItsCeiling) {
  const Scores scores = scores_of(GetParam().metric, GetParam().held_out);
  ASSERT_GE(scores.errors.size(), GetParam().figures) << "kept runs no longer fit the scenarios";
  EXPECT_LE(analysis::quantile(scores.errors, 0.5), GetParam().median_error);
}

INSTANTIATE_TEST_SUITE_P(
    CommittedRuns, Guard,
    testing::Values(Ceiling{"wall", false, 120, 0.040}, Ceiling{"wall", true, 70, 0.055},
                    Ceiling{"handovers", false, 90, 0.060}, Ceiling{"handovers", true, 50, 0.080},
                    Ceiling{".rate", false, 80, 0.050}, Ceiling{".rate", true, 40, 0.055},
                    Ceiling{".p50", false, 28, 0.025}, Ceiling{".p50", true, 14, 0.020}),
    [](const auto& instance) {
      std::string name = instance.param.metric;
      name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
      return name + (instance.param.held_out ? "_held_out" : "_open");
    });

TEST(CommittedRuns, CoverAtLeastEightyCasesAThirdOfThemHeldOut) {
  std::set<std::string> open, held_out;
  for (const nlohmann::json& point : report().at("points")) {
    if (point.at("measured").is_null()) continue;
    const std::string scenario = point.at("scenario").get<std::string>();
    (scenario.rfind("holdout/", 0) == 0 ? held_out : open)
        .insert(scenario + point.at("strategy").dump() + point.at("workers").dump() +
                point.at("cores").dump() + point.at("interpreter").dump() +
                point.at("switch_interval_ns").dump());
  }
  EXPECT_GE(open.size() + held_out.size(), 80u);
  EXPECT_GE(3 * held_out.size(), open.size() + held_out.size());
}

}  // namespace
}  // namespace gilsim::app
