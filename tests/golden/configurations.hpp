// Configurations whose fingerprints are kept in fingerprints.txt: every strategy, lock, kind of
// step and distribution, on shared and unshared cores, with costs that vary.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/configuration.hpp"

namespace gilsim::test {

std::vector<std::pair<std::string, model::Configuration>> golden_configurations();

}  // namespace gilsim::test
