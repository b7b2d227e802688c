// The fingerprints of fixed configurations are those in fingerprints.txt: on every compiler, at
// every optimisation level, in every locale and folder. A change of the models changes some; then
//
//   GILSIM_REGENERATE_GOLDEN=1 build/tests/golden_test
//
// writes the file anew, and its difference says which kinds of runs the change has touched.
// `tests/golden/compilers.sh` compares compilers and optimisation levels.
#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "models/simulation.hpp"
#include "tests/golden/configurations.hpp"

namespace gilsim::test {
namespace {

constexpr const char* kFile = GILSIM_SOURCE_DIR "/tests/golden/fingerprints.txt";
constexpr std::uint64_t kSeed = 20260101;

// "<name>: <fingerprint> <events> <wall in ns>", a line a configuration.
std::string fingerprints() {
  std::ostringstream lines;
  lines.imbue(std::locale::classic());
  for (const auto& [name, configuration] : golden_configurations()) {
    const auto run = model::simulate(configuration, kSeed, 1);
    lines << name << ": " << std::hex << run.fingerprint << std::dec << ' ' << run.events << ' '
          << run.outcome.wall.count() << '\n';
  }
  return lines.str();
}

std::string kept() {
  std::ifstream file(kFile);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Golden, FingerprintsAreThoseKept) {
  if (std::getenv("GILSIM_REGENERATE_GOLDEN")) {
    std::ofstream(kFile) << fingerprints();
    GTEST_SKIP() << "wrote " << kFile;
  }
  EXPECT_EQ(fingerprints(), kept());
}

TEST(Golden, FingerprintsAreTheSameOnAnyNumberOfThreadsAtOnce) {
  const std::string alone = fingerprints();
  for (const std::size_t jobs : {2u, 8u, 32u}) {
    std::vector<std::string> seen(jobs);
    std::vector<std::thread> threads;
    for (std::string& mine : seen) threads.emplace_back([&mine] { mine = fingerprints(); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(seen, std::vector<std::string>(jobs, alone)) << jobs;
  }
}

TEST(Golden, FingerprintsDependNeitherOnTheLocaleNorOnTheFolder) {
  const std::string before = fingerprints();
  const std::string locale = std::setlocale(LC_ALL, nullptr);
  const auto folder = std::filesystem::current_path();
  for (const char* other : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"}) {
    std::setlocale(LC_ALL, other);  // one that is not installed changes nothing
  }
  std::filesystem::current_path("/");
  EXPECT_EQ(fingerprints(), before);
  std::filesystem::current_path(folder);
  std::setlocale(LC_ALL, locale.c_str());
}

}  // namespace
}  // namespace gilsim::test
