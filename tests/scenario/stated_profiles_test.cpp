// The profiles of machines that nobody here has: each reads and predicts the talk's examples.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "gallery.hpp"
#include "models/simulation.hpp"
#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files_in(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source_path(folder))) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(StatedProfiles, EachPredictsTheTalksExamples) {
  for (const fs::path& host : yaml_files_in("configs/hosts")) {
    const model::HostProfile profile = read_host_profile(host.string());
    for (const fs::path& path : yaml_files_in("configs/talk")) {
      const Scenario scenario = read_scenario(path.string());
      for (const Point& point : expand(scenario, profile, path.string())) {
        const model::Outcome outcome = model::simulate(point.configuration, 1, 0).outcome;
        EXPECT_GT(outcome.wall, sim::Duration{}) << host << " " << path << " " << point.label();
        EXPECT_LE(outcome.cpu, outcome.wall * point.configuration.machine.cores);
      }
    }
  }
}

TEST(StatedProfiles, NoneIsTakenForAHostThatWasMeasured) {
  for (const fs::path& host : yaml_files_in("configs/hosts")) {
    const model::HostProfile profile = read_host_profile(host.string());
    EXPECT_EQ(profile.host.fingerprint, "") << host;
    EXPECT_FALSE(profile.description.empty()) << host;
  }
}

}  // namespace
}  // namespace gilsim::scenario
