// Commands on the scenario mix.yaml, a batch of bytecode and waits, with a host of round figures.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app::test {

// The scenario, but for its strategies and workers.
inline const std::string kMixTasks =
    "question: Do threads help?\n"
    "workload:\n"
    "  tasks: 8\n"
    "  task:\n"
    "    - python: 2ms\n"
    "    - wait: {exponential: {mean: 5ms}}\n";

class MixFixture : public testing::Test {
 protected:
  MixFixture(std::string command, const std::string& scenario)
      : command_(std::move(command)), mix_(folder_.write("mix.yaml", scenario)) {}

  std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {command_, mix_, "--host", host_};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  TemporaryFolder folder_;
  std::string command_;
  std::string mix_;
  std::string host_ = folder_.write("host.yaml", scenario::print_host_profile(round_profile()));
};

}  // namespace gilsim::app::test
