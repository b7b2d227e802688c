// A lock model is one file, one line in the registry, one page, one line in the README.
#include "models/lock/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/program/strategy.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

const std::filesystem::path kSource = GILSIM_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(LockRegistry, EveryModelHasItsFileItsPageAndItsLineInTheReadme) {
  const std::string readme = text_of(kSource / "README.md");
  for (const LockModel& lock : lock_models()) {
    EXPECT_TRUE(std::filesystem::exists(kSource / lock.file)) << lock.file;
    const std::string page = "docs/locks/" + std::string(lock.name) + ".md";
    EXPECT_TRUE(std::filesystem::exists(kSource / page)) << page;
    EXPECT_THAT(readme, testing::HasSubstr(lock.file));
  }
}

TEST(LockRegistry, TheIntervalLockCoversCPythonFrom32On) {
  InterpreterParameters i = free_machine(1).interpreter;
  for (const char* version : {"3.2", "3.9.18", "3.11.2", "3.15.0a1"}) {
    i.version = version;
    EXPECT_STREQ(lock_model_for(i).name, "interval") << version;
  }
}

TEST(LockRegistry, AnInterpreterWithoutAModelIsRefusedWithWhatThereIs) {
  InterpreterParameters i = free_machine(1).interpreter;
  i.version = "2.7.18";
  try {
    lock_model_for(i);
    FAIL() << "2.7 has a tick lock";
  } catch (const std::invalid_argument& e) {
    EXPECT_STREQ(e.what(),
                 "no lock model for cpython 2.7.18; there are: interval (CPython 3.2 and later, "
                 "not free-threaded)");
  }
  i.version = "3.13.0";
  i.free_threaded = true;
  EXPECT_THROW(lock_model_for(i), std::invalid_argument);
}

TEST(StrategyRegistry, HasEveryKindOnce) {
  for (const auto& [kind, name] : EnumNames<StrategyKind>::values) {
    int count = 0;
    for (const Strategy& strategy : strategies()) count += strategy.kind == kind ? 1 : 0;
    EXPECT_EQ(count, 1) << name;
  }
}

}  // namespace
}  // namespace gilsim::model
