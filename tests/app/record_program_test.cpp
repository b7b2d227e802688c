// `gilsim record` as a process: signals, a full disk, being killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "host/subprocess.hpp"
#include "tests/app/child.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::Child;
using testing::HasSubstr;

class RecordProgram : public testing::Test {
 protected:
  std::vector<std::string> recorded(const std::string& text) const {
    return {GILSIM_PROGRAM, "record",
            "-o",           trace_,
            "--",           "/usr/bin/env",
            "python3",      folder_.write("program.py", "import os, sys, time\n" + text)};
  }
  json summary() const { return json::parse(test::ran({"trace", trace_, "--json", "-"}).out); }

  test::TemporaryFolder folder_;
  std::string trace_ = folder_.path("t.trace");
};

TEST_F(RecordProgram, PassesASignalOnAndReturnsWhatTheProgramMadeOfIt) {
  Child child(recorded("import signal\n"
                       "signal.signal(signal.SIGTERM, lambda *_: sys.exit(41))\n"
                       "print('ready', file=sys.stderr, flush=True)\n"
                       "while True: time.sleep(0.001)\n"),
              Child::Output::kRead);
  ASSERT_TRUE(child.wait_for_error("ready")) << child.error();
  child.send(SIGTERM);
  EXPECT_EQ(child.finish(), 41) << child.error();
  EXPECT_EQ(summary()["ended"], "finished");
}

TEST_F(RecordProgram, KilledTogetherWithItsProgramLeavesAReadableTrace) {
  Child child(recorded("for _ in range(1000): time.sleep(0)\n"
                       "print('ready', file=sys.stderr, flush=True)\n"
                       "while True: time.sleep(0.001)\n"),
              Child::Output::kRead);
  ASSERT_TRUE(child.wait_for_error("ready")) << child.error();
  for (const pid_t process : child.marked_processes()) kill(process, SIGKILL);
  EXPECT_EQ(child.finish(), 128 + SIGKILL);
  const json found = summary();
  EXPECT_EQ(found["ended"], "killed");
  EXPECT_TRUE(found["wall_ns"].is_null());
  std::uint64_t sleeps = 0;
  for (const json& thread : found["threads"]) {
    if (thread["blocked"].contains("sleep"))
      sleeps += thread["blocked"]["sleep"]["count"].get<int>();
  }
  EXPECT_GE(sleeps, 1000U);
  EXPECT_THAT(test::ran({"trace", trace_}).out, HasSubstr("killed together with gilsim record"));
}

TEST_F(RecordProgram, LetsTheProgramGoOnWhenTheDiskIsFull) {
  const std::string program = folder_.write("program.py",
                                            "import os\n"
                                            "null = os.open('/dev/null', os.O_WRONLY)\n"
                                            "for _ in range(60000): os.write(null, b'')\n"
                                            "print('done')\n");
  const std::string small = folder_.path("small");
  const std::string script = "mkdir " + small + " && mount -t tmpfs -o size=700k none " + small +
                             " || { echo no mount; exit 0; }\n" + GILSIM_PROGRAM + " record -o " +
                             small + "/t.trace -- python3 " + program + " && " + GILSIM_PROGRAM +
                             " trace " + small + "/t.trace";
  host::SubprocessResult result;
  result = host::run_subprocess({"unshare", "-m", "sh", "-c", script}, {});
  if (result.exit_code == 1 || result.output.find("no mount") != std::string::npos) {
    GTEST_SKIP() << "needs the right to mount: " << result.error;
  }
  EXPECT_EQ(result.exit_code, 0) << result.error;
  EXPECT_THAT(result.output, HasSubstr("done\n"));
  EXPECT_THAT(result.output, HasSubstr("recorded until the disk was full"));
  EXPECT_THAT(result.error, HasSubstr("warning: recorded in part: the disk is full"));
}

}  // namespace
}  // namespace gilsim::app
