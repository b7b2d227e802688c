// Each question of configs/questions is answered as its file expects.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

TEST(Questions, AreAnsweredAsTheirFilesExpect) {
  const std::string folder = std::string(GILSIM_SOURCE_DIR) + "/configs/questions";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const test::Ran result = test::ran({"run", entry.path().string(), "--replications", "9"});
    EXPECT_EQ(result.code, 0) << result.err;
    ++files;
  }
  EXPECT_GE(files, 10);
}

}  // namespace
}  // namespace gilsim::app
