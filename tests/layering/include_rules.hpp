// Who may include whom, read from the sources:
//   app -> scenario, analysis, host, models, sim    scenario, host -> models, sim
//   analysis, models -> sim                         sim -> nobody
// and which headers belong to one folder only: yaml-cpp to scenario/, Boost.Program_options and
// printing to app/, threads to anything but sim/. Generated headers ("embedded/...") are free.
// Reads line by line; comments after // are ignored, block comments are not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gilsim::layering {

// Every violation below the folders of the tree, as "sim/clock.hpp:3: forbidden arrow sim -> models
// (models/step.hpp)", ordered by file and line.
std::vector<std::string> violations_in(const std::filesystem::path& tree);

// The files that violations_in() reads, relative to the tree and sorted.
std::vector<std::filesystem::path> sources_in(const std::filesystem::path& tree);

}  // namespace gilsim::layering
