// Sweeps in a process of their own: signals, limits and pipes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "scenario/read.hpp"
#include "tests/app/child.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using test::Child;
using testing::EndsWith;
using testing::HasSubstr;

const char* const kShort =
    "question: How short?\n"
    "threads:\n"
    "  cpu: {program: [{python: 1ms}]}\n"
    "  io: {program: [{wait: 1ms}]}\n"
    "duration: 50ms\n";

std::size_t line_count(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// No file of this process and its children may grow beyond `bytes`, while the object lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const struct rlimit limit { bytes, before_.rlim_max };
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit");
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_DFL);
  }

 private:
  struct rlimit before_ {};
};

class SweepProgram : public testing::Test {
 protected:
  std::vector<std::string> words(const std::string& points,
                                 const std::vector<std::string>& more) const {
    std::vector<std::string> all = {GILSIM_PROGRAM,
                                    "sweep",
                                    short_,
                                    "--host",
                                    host_,
                                    "--vary",
                                    "interpreter.switch_interval=1ms..9ms:lin:" + points};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  int run(const std::string& points, const std::vector<std::string>& more) {
    Child child(words(points, more), Child::Output::kRead);
    const int code = child.finish();
    error_ = child.error();
    return code;
  }

  test::TemporaryFolder folder_;
  std::string short_ = folder_.write("short.yaml", kShort);
  std::string host_ =
      folder_.write("host.yaml", scenario::print_host_profile(test::round_profile()));
  std::string path_ = folder_.path("s.ndjson");
  std::string error_;
};

class SweepInterruption : public SweepProgram, public testing::WithParamInterface<int> {};

// The program writes into a pipe that nobody empties until the signal has been sent: it is in the
// middle then, however fast or slow either of the two is.
TEST_P(SweepInterruption, KeepsTheFinishedPointsWholeAndResumesToTheUninterruptedSweep) {
  const std::string fifo = folder_.path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  Child child(words("2000", {"--jobs", "3", "--ndjson", fifo}), Child::Output::kRead);
  std::ifstream reader(fifo);
  std::string begun;
  for (std::string line; line_count(begun) < 5 && std::getline(reader, line);) begun += line + "\n";
  child.send(GetParam());
  for (std::string line; std::getline(reader, line);) begun += line + (reader.eof() ? "" : "\n");
  EXPECT_EQ(child.finish(), 130) << child.error();
  const std::size_t points = line_count(begun) - 1;
  EXPECT_THAT(begun, EndsWith("}\n"));
  EXPECT_LT(points, 2000U);
  EXPECT_THAT(child.error(), HasSubstr("gilsim: interrupted; " + std::to_string(points) +
                                       " of 2000 points are done"));
  std::ofstream(path_) << begun;
  ASSERT_EQ(run("2000", {"--ndjson", path_, "--resume"}), 0) << error_;
  const std::string resumed = test::read_text(path_);
  EXPECT_EQ(resumed.compare(0, begun.size(), begun), 0);
  ASSERT_EQ(run("2000", {"--ndjson", path_, "--overwrite"}), 0) << error_;
  EXPECT_EQ(test::read_text(path_), resumed);
}

INSTANTIATE_TEST_SUITE_P(BothSignals, SweepInterruption, testing::Values(SIGINT, SIGTERM));

TEST_F(SweepProgram, AnInterruptedSweepSaysTheCommandThatGoesOn) {
  Child child(words("5000", {"--set", "duration=20s", "--ndjson", path_}), Child::Output::kRead);
  while (line_count(test::read_text(path_)) < 2) ::usleep(1000);
  child.send(SIGINT);
  EXPECT_EQ(child.finish(), 130);
  const std::string text = test::read_text(path_);
  EXPECT_THAT(text, EndsWith("}\n"));
  EXPECT_THAT(child.error(),
              HasSubstr("gilsim: interrupted; " + std::to_string(line_count(text) - 1) +
                        " of 5000 points are done; go on with:\n  gilsim sweep --ndjson " + path_ +
                        " --resume --vary interpreter.switch_interval=1ms..9ms:lin:5000 --host " +
                        host_ + " --set duration=20s --seed 1 --replications 3 " + short_ + "\n"));
}

TEST_F(SweepProgram, WhatAFullDiskCutsOffIsTakenBackAndTheRestCanBeGoneOnWith) {
  {
    const FileSizeLimit limit(20'000);
    EXPECT_EQ(run("200", {"--ndjson", path_}), 3);
  }
  const std::string kept = test::read_text(path_);
  EXPECT_THAT(kept, EndsWith("}\n"));
  EXPECT_LE(kept.size(), 20'000U);
  EXPECT_THAT(error_, HasSubstr("gilsim: " + std::to_string(line_count(kept) - 1) +
                                " of 200 points are done; go on with:\n"));
  EXPECT_THAT(error_, HasSubstr("gilsim: error: cannot write '" + path_ + "': File too large"));
  ASSERT_EQ(run("200", {"--ndjson", path_, "--resume"}), 0) << error_;
  const std::string resumed = test::read_text(path_);
  ASSERT_EQ(run("200", {"--ndjson", path_, "--overwrite"}), 0) << error_;
  EXPECT_EQ(test::read_text(path_), resumed);
}

TEST_F(SweepProgram, AReaderThatGoesAwayIsExitCodeThree) {
  for (const char* const option : {"--ndjson", "--csv"}) {
    Child child(words("200", {option, "-"}), Child::Output::kClosed);
    EXPECT_EQ(child.finish(), 3);
    EXPECT_THAT(child.error(), HasSubstr("gilsim: error: cannot write to standard output: a closed "
                                         "pipe or a full disk\n"));
  }
}

TEST_F(SweepProgram, ASummaryThatNobodyReadsLeavesTheFilesWhole) {
  Child child(words("20", {"--ndjson", path_}), Child::Output::kClosed);
  EXPECT_EQ(child.finish(), 3);
  EXPECT_EQ(line_count(test::read_text(path_)), 21U);
}

TEST_F(SweepProgram, HeadGetsItsLines) {
  std::string command;
  for (const std::string& word : words("2000", {"--ndjson", "-"})) command += "'" + word + "' ";
  const std::string out = folder_.path("out"), code = folder_.path("code");
  Child child(
      {"/bin/sh", "-c", "{ " + command + "; echo $? > " + code + "; } | head -n 3 > " + out},
      Child::Output::kRead);
  EXPECT_EQ(child.finish(), 0);
  EXPECT_EQ(line_count(test::read_text(out)), 3U);
  EXPECT_EQ(test::read_text(code), "3\n");
}

}  // namespace
}  // namespace gilsim::app
