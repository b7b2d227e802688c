#include "host/subprocess.hpp"

#include <gmock/gmock.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

using std::chrono::steady_clock;

SubprocessResult shell(const std::string& script, const SubprocessOptions& options = {}) {
  return run_subprocess({"sh", "-c", script}, options);
}

bool is_alive(const std::string& pid) {
  std::ifstream stat("/proc/" + pid + "/stat");
  return stat.good();
}

// The numbers, one a line, that a script printed.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::stringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Subprocess, GivesTheInputAndCapturesOutputAndErrorApart) {
  SubprocessOptions options;
  options.input = "hello";
  const auto result = shell("cat; echo problem >&2", options);
  EXPECT_EQ(result.output, "hello");
  EXPECT_EQ(result.error, "problem\n");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_FALSE(result.timed_out);
  EXPECT_FALSE(result.stopped);
}

TEST(Subprocess, TellsTheExitCode) { EXPECT_EQ(shell("exit 7").exit_code, 7); }

TEST(Subprocess, TellsASignalAs128PlusItsNumber) {
  EXPECT_EQ(shell("kill -SEGV $$").exit_code, 128 + SIGSEGV);
}

TEST(Subprocess, MoreThanPipesHoldGoesBothWaysAtOnceWithoutDeadlock) {
  SubprocessOptions options;
  options.input.assign(3'000'000, 'x');
  const auto result = shell("tee /dev/stderr", options);
  EXPECT_EQ(result.output, options.input);
  EXPECT_EQ(result.error, options.input);
}

TEST(Subprocess, AProgramThatDoesNotReadItsInputIsNoError) {
  SubprocessOptions options;
  options.input.assign(3'000'000, 'x');
  const auto result = shell("exec <&-; echo done", options);
  EXPECT_EQ(result.output, "done\n");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(Subprocess, AProgramThatIsNotThereIsNamedWithTheReason) {
  try {
    run_subprocess({"/nowhere/python3"}, {});
    FAIL() << "started";
  } catch (const HostError& error) {
    EXPECT_STREQ(error.what(), "can't start /nowhere/python3: No such file or directory");
  }
}

TEST(Subprocess, AnEmptyCommandIsAnError) { EXPECT_THROW(run_subprocess({}, {}), HostError); }

TEST(Subprocess, AddedEnvironmentWinsOverTheInheritedOne) {
  SubprocessOptions options;
  options.environment = {{"HOME", "/elsewhere"}, {"GILSIM_TEST", "a b"}};
  EXPECT_EQ(shell("echo $HOME:$GILSIM_TEST", options).output, "/elsewhere:a b\n");
}

TEST(Subprocess, HeldToOneCoreItSeesOne) {
  SubprocessOptions options;
  options.cores = 1;
  EXPECT_EQ(shell("nproc", options).output, "1\n");
}

TEST(Subprocess, MoreCoresThanThereAreIsAnErrorThatSaysHowMany) {
  SubprocessOptions options;
  options.cores = 100'000;
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  try {
    shell("true", options);
    FAIL() << "started";
  } catch (const HostError& error) {
    EXPECT_EQ(error.what(), "a run on 100000 cores was asked for, and this process may use " +
                                std::to_string(CPU_COUNT(&allowed)) + "; lower `cores`");
  }
}

TEST(Subprocess, ATimeOutEndsGrandchildrenThatIgnoreTheFirstSignal) {
  SubprocessOptions options;
  options.timeout = sim::Duration::milliseconds(300);
  const auto result =
      shell("sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & echo $$; wait", options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.stopped);
  const auto processes = lines_of(result.output);
  ASSERT_EQ(processes.size(), 2u);
  for (const auto& process : processes) EXPECT_FALSE(is_alive(process)) << process;
}

TEST(Subprocess, WhatAProgramLeavesBehindIsEndedWithIt) {
  const auto result = shell("sleep 100 & echo $!; (sleep 100 & echo $!)");
  const auto processes = lines_of(result.output);
  ASSERT_EQ(processes.size(), 2u);
  for (const auto& process : processes) EXPECT_FALSE(is_alive(process)) << process;
  EXPECT_EQ(result.exit_code, 0);
}

TEST(Subprocess, TheStopFlagEndsTheGroupLongBeforeTheProgramWould) {
  StopFlag stop{false};
  SubprocessOptions options;
  options.stop = &stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop = true;
  });
  const auto begin = steady_clock::now();
  const auto result = shell("sleep 1000 & echo $!; echo $$; wait", options);
  stopper.join();
  EXPECT_TRUE(result.stopped);
  EXPECT_FALSE(result.timed_out);
  EXPECT_EQ(result.exit_code, 128 + SIGTERM);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(100));
  for (const auto& process : lines_of(result.output)) EXPECT_FALSE(is_alive(process)) << process;
}

TEST(Subprocess, AProgramRunsInAGroupOfItsOwnWithSignalsUnblocked) {
  sigset_t interrupt, before;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, &before);
  const auto result = shell("ps -o pgid= -p $$; echo $$; kill -INT $$; echo survived");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  const auto lines = lines_of(result.output);
  ASSERT_EQ(lines.size(), 2u) << result.output;
  EXPECT_EQ(std::stoi(lines[0]), std::stoi(lines[1]));
  EXPECT_EQ(result.exit_code, 128 + SIGINT);
}

TEST(Subprocess, LeavesNoFileDescriptorOpen) {
  const auto count = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  };
  shell("true");
  const auto before = count();
  shell("true");
  EXPECT_THROW(run_subprocess({"/nowhere"}, {}), HostError);
  EXPECT_EQ(count(), before);
}

TEST(Subprocess, AProgramSeesNoDescriptorsBesideItsThree) {
  const int inheritable = dup(STDERR_FILENO);
  const auto listed = lines_of(shell("ls /proc/self/fd").output);  // and ls's own, for the folder
  close(inheritable);
  EXPECT_THAT(listed, ::testing::ElementsAre("0", "1", "2", "3"));
}

TEST(Subprocess, SeveralAtOnceDoNotTakeEachOthersExitCodes) {
  std::vector<int> codes(8, -1);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&codes, i] {
      codes[static_cast<std::size_t>(i)] = shell("exit " + std::to_string(i)).exit_code;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(codes, ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

}  // namespace
}  // namespace gilsim::host
