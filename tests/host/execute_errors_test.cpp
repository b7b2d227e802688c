#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include "host/execute.hpp"
#include "host/host_error.hpp"
#include "tests/host/execute_fixture.hpp"
#include "tests/host/temporary_folder.hpp"

namespace gilsim::host {
namespace {

class FailingInterpreter : public ::testing::Test {
 protected:
  std::string error_of(const std::string& body) const {
    const InstalledInterpreter fake{folder_.script("python3", body), "3.99.0", "cpython", false,
                                    ""};
    return error_under(fake, batch_of(1, {model::PythonStep{{}, 10}}));
  }

  static std::string error_under(const InstalledInterpreter& interpreter,
                                 const model::Configuration& configuration) {
    try {
      execute(configuration, interpreter, 1, 0);
      return "no error";
    } catch (const HostError& error) {
      return error.what();
    }
  }

  std::string begin() const {
    return "the real run failed under " + (folder_.path() / "python3").string() +
           " (Python 3.99.0): ";
  }

  TemporaryFolder folder_;
};

TEST_F(FailingInterpreter, IsNamedWithItsOwnLastWords) {
  EXPECT_EQ(error_of("echo 'Traceback' >&2; echo 'MemoryError' >&2; exit 1"),
            begin() + "exit code 1\nTraceback\nMemoryError");
}

TEST_F(FailingInterpreter, ThatWasKilledIsNamedWithTheSignal) {
  EXPECT_EQ(error_of("kill -KILL $$"), begin() + "ended by signal 9");
}

TEST_F(FailingInterpreter, ThatSaysNothingGaveNoResult) {
  EXPECT_EQ(error_of("exit 0"), begin() + "the driver gave no result");
}

TEST_F(FailingInterpreter, ThatAnswersInAnotherProtocolIsRefused) {
  EXPECT_EQ(error_of(R"(echo '{"protocol": 2}')"), begin() + "the driver speaks another protocol");
}

TEST_F(FailingInterpreter, ThatCanNotDoItSaysWhyAndTheWayOut) {
  EXPECT_EQ(error_of(R"(echo '{"protocol": 1, "unsupported": "no spawn; use `fork`"}')"),
            begin() + "no spawn; use `fork`");
}

TEST_F(FailingInterpreter, ThatIsNotThereIsNamed) {
  EXPECT_EQ(error_under({"/nowhere/python3", "3.9.1", "cpython", false, ""},
                        batch_of(1, {model::PythonStep{{}, 10}})),
            "can't start /nowhere/python3: No such file or directory");
}

TEST_F(FailingInterpreter, ARealTracebackComesBack) {
  auto configuration = batch_of(1, {model::PythonStep{{}, 10}});
  configuration.switch_interval = {};
  const auto error = error_under({"/usr/bin/python3", "3", "cpython", false, ""}, configuration);
  EXPECT_THAT(error, ::testing::StartsWith("the real run failed under /usr/bin/python3 (Python 3): "
                                           "exit code 1\nTraceback (most recent call last):\n"));
  EXPECT_THAT(error, ::testing::EndsWith("ValueError: switch interval must be strictly positive"));
}

// Makes a folder of its own the one for temporary files.
class WatchedTemporaries : public ::testing::Test {
 protected:
  WatchedTemporaries() { setenv("TMPDIR", folder_.path().c_str(), 1); }
  ~WatchedTemporaries() override { unsetenv("TMPDIR"); }
  bool nothing_left() const { return std::filesystem::is_empty(folder_.path()); }

  static model::Configuration waiting_processes(sim::Duration wait, model::StartMethod method) {
    auto configuration = batch_of(2, {model::WaitStep{constant(wait), model::WaitVia::kFile}});
    configuration.strategy = model::StrategyKind::kProcesses;
    configuration.start_method = method;
    configuration.workers = 2;
    return configuration;
  }

  const InstalledInterpreter system_{"/usr/bin/python3", "3", "cpython", false, ""};
  TemporaryFolder folder_;
};

TEST_F(WatchedTemporaries, AreGoneAfterARun) {
  execute(waiting_processes({}, model::StartMethod::kForkserver), system_, 1, 0);
  EXPECT_TRUE(nothing_left());
}

TEST_F(WatchedTemporaries, AreGoneAfterAFailure) {
  auto configuration = waiting_processes({}, model::StartMethod::kFork);
  configuration.switch_interval = {};
  EXPECT_THROW(execute(configuration, system_, 1, 0), HostError);
  EXPECT_TRUE(nothing_left());
}

TEST_F(WatchedTemporaries, AreGoneWithAllProcessesAfterAStop) {
  const auto configuration =
      waiting_processes(sim::Duration::seconds(500), model::StartMethod::kForkserver);
  StopFlag stop{false};
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    stop = true;
  });
  EXPECT_THROW(execute(configuration, system_, 1, 0, &stop), Interrupted);
  stopper.join();
  EXPECT_TRUE(nothing_left());
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(WatchedTemporaries, ThatCanNotBeWrittenAreAnErrorWithTheWayOut) {
  setenv("TMPDIR", (folder_.path() / "missing").c_str(), 1);
  try {
    execute(batch_of(1, {model::PythonStep{{}, 10}}), system_, 1, 0);
    FAIL() << "ran";
  } catch (const HostError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("set TMPDIR to a folder that can be written"));
  }
}

}  // namespace
}  // namespace gilsim::host
