// Commands on the scenario mix.yaml, a batch of bytecode and waits, with a host of round figures.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/app/host_fixture.hpp"

namespace gilsim::app::test {

// The scenario, but for its strategies and workers.
inline const std::string kMixTasks =
    "question: Do threads help?\n"
    "workload:\n"
    "  tasks: 8\n"
    "  task:\n"
    "    - python: 2ms\n"
    "    - wait: {exponential: {mean: 5ms}}\n";

class MixFixture : public HostFixture {
 protected:
  MixFixture(std::string command, const std::string& scenario)
      : command_(std::move(command)), mix_(folder_.write("mix.yaml", scenario)) {}

  std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
    return HostFixture::words(command_, mix_, more);
  }

  std::string command_;
  std::string mix_;
};

}  // namespace gilsim::app::test
