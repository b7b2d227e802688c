// What the fuzzers found worth keeping, and every bug they found, once more in an ordinary build.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/input.hpp"

namespace gilsim::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(GILSIM_SOURCE_DIR "/tests/fuzz/corpus/" + folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A corpus of which all is accepted, or nothing, would not have been kept by a fuzzer.
template <class Read>
void replay(const std::string& folder, Read read) {
  int accepted = 0;
  int refused = 0;
  for (const fs::path& path : files_below(folder)) {
    try {
      ++(read(text_of(path)) ? accepted : refused);
    } catch (const std::exception& error) {
      ADD_FAILURE() << path << ": " << error.what();
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_GT(refused, 0);
}

TEST(FuzzCorpus, ScenariosAreReadBackEqualOrRefusedWithAPlace) {
  replay("scenario", read_as_scenario);
}

TEST(FuzzCorpus, HostProfilesAreReadBackEqualOrRefusedWithAPlace) {
  replay("host_profile", read_as_host_profile);
}

TEST(FuzzCorpus, OverridesAreReadBackEqualOrRefusedWithAPlace) {
  replay("override", read_as_overrides);
}

}  // namespace
}  // namespace gilsim::fuzz
