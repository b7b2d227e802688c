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

TEST(LockRegistry, HasEveryKindOnce) {
  for (const auto& [kind, name] : EnumNames<LockKind>::values) {
    int count = 0;
    for (const LockModel& lock : lock_models()) count += lock.kind == kind ? 1 : 0;
    EXPECT_EQ(count, 1) << name;
  }
}

void expect_mention(const std::filesystem::path& path, const std::string& words) {
  EXPECT_NE(text_of(kSource / path).find(words), std::string::npos)
      << path << " should say: " << words;
}

TEST(LockRegistry, EveryModelHasItsFilesItsPageItsScenarioItsTestAndItsLineInTheReadme) {
  for (const LockModel& lock : lock_models()) {
    const std::string name = name_of(lock.kind);
    const std::string stem = std::filesystem::path(lock.file).stem().string();
    EXPECT_TRUE(std::filesystem::exists(kSource / lock.file)) << lock.file;
    expect_mention("docs/locks/" + name + ".md", lock.file);
    expect_mention("configs/locks/" + name + ".yaml", "lock: [" + name);
    expect_mention("tests/models/" + stem + "_test.cpp", "TEST(");
    expect_mention("tests/models/CMakeLists.txt", stem + "_test.cpp");
    expect_mention("README.md", lock.file);
    expect_mention("README.md", "docs/locks/" + name + ".md");
  }
}

LockKind own_lock(const char* version, bool free_threaded = false) {
  Configuration c = free_machine(1);
  c.interpreter.version = version;
  c.interpreter.free_threaded = free_threaded;
  return lock_model_for(c).kind;
}

TEST(LockRegistry, EveryCPythonHasTheLockOfItsVersion) {
  for (const char* version : {"2.7.18", "3.0", "3.1.5"}) {
    EXPECT_EQ(own_lock(version), LockKind::kTick) << version;
  }
  for (const char* version : {"3.2", "3.9.18", "3.11.2"}) {
    EXPECT_EQ(own_lock(version), LockKind::kInterval) << version;
  }
  EXPECT_EQ(own_lock("3.12.1"), LockKind::kPerInterpreter);
  for (const char* version : {"3.13.0", "3.14.0", "3.15.0a1"}) {
    EXPECT_EQ(own_lock(version), LockKind::kHolderRequest) << version;
    EXPECT_EQ(own_lock(version, true), LockKind::kFreeThreaded) << version;
  }
}

TEST(LockRegistry, AnInterpreterWithoutAModelIsRefusedWithWhatThereIs) {
  Configuration c = free_machine(1);
  c.interpreter.implementation = "pypy";
  try {
    lock_model_for(c);
    FAIL() << "nobody has modelled PyPy's lock";
  } catch (const std::invalid_argument& e) {
    EXPECT_THAT(e.what(), testing::StartsWith("no lock model for pypy 3.11.2; there are: tick "
                                              "(CPython 2 to 3.1), interval (CPython 3.2 to"));
  }
  c.lock = LockKind::kFifo;
  EXPECT_EQ(lock_model_for(c).kind, LockKind::kFifo) << "named, any lock may be tried";
}

TEST(LockRegistry, AProposalIsNobodysOwnLock) {
  Configuration c = free_machine(1);
  EXPECT_TRUE(has_own_lock(c));
  c.lock = LockKind::kInterval;
  EXPECT_TRUE(has_own_lock(c)) << "named, but what 3.11 has anyway";
  c.lock = LockKind::kFifo;
  EXPECT_FALSE(has_own_lock(c));
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
