// The same command under mpirun, with two processes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/subprocess.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using testing::HasSubstr;

class UnderMpirun : public testing::Test {
 protected:
  // Containers are root, have few cores and no remote shell.
  test::Environment root_{"OMPI_ALLOW_RUN_AS_ROOT", "1"};
  test::Environment confirmed_{"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"};
  test::Environment crowded_{"OMPI_MCA_rmaps_base_oversubscribe", "1"};
  test::Environment local_{"OMPI_MCA_plm_rsh_agent", "false"};

  host::SubprocessResult run(std::vector<std::string> words, bool spread) const {
    std::vector<std::string> command = {GILSIM_PROGRAM};
    if (spread) command = {GILSIM_MPIRUN, "-n", "2", GILSIM_PROGRAM};
    command.insert(command.end(), words.begin(), words.end());
    host::SubprocessOptions options;
    options.timeout = sim::Duration::seconds(120);
    return host::run_subprocess(command, options);
  }
  std::vector<std::string> sweep(const std::string& ndjson) const {
    return {"sweep", pool_, "--host", host_, "--vary", "workers=1..7", "--ndjson", ndjson};
  }

  test::TemporaryFolder folder_;
  std::string pool_ = folder_.write("pool.yaml",
                                    "question: How many?\n"
                                    "workload: {tasks: 8, task: [{wait: 2ms}]}\n"
                                    "strategies: [sequential, threads]\nworkers: [2]\n");
  std::string host_ =
      folder_.write("host.yaml", scenario::print_host_profile(test::round_profile()));
};

TEST_F(UnderMpirun, ASweepWritesWhatOneProcessDoesByteForByte) {
  const std::string one = folder_.path("one.ndjson"), two = folder_.path("two.ndjson");
  const auto alone = run(sweep(one), false), spread = run(sweep(two), true);
  ASSERT_EQ(alone.exit_code, 0) << alone.error;
  ASSERT_EQ(spread.exit_code, 0) << spread.error;
  EXPECT_EQ(spread.output, alone.output);
  EXPECT_EQ(test::read_text(two), test::read_text(one));
}

TEST_F(UnderMpirun, AMistakeIsSaidOnceAndEndsAll) {
  const auto result = run({"sweep", pool_, "--vary", "wrokers=1..7"}, true);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.error, HasSubstr("did you mean 'workers'?"));
  EXPECT_EQ(result.error.find("did you mean"), result.error.rfind("did you mean"));
}

TEST_F(UnderMpirun, OtherCommandsAreTheFirstProcesss) {
  EXPECT_EQ(run({"--version"}, true).output, run({"--version"}, false).output);
}

}  // namespace
}  // namespace gilsim::app
