// `gilsim tune`: the best of many settings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/host_fixture.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class TuneCommand : public test::HostFixture {
 protected:
  test::Ran tuned(const std::string& file, std::vector<std::string> more) {
    more.insert(more.begin(), {"--most", "16"});
    return ran(words("tune", file, more));
  }

  std::string convoy_ = write_convoy("200ms");
  std::string waits_ = folder_.write("waits.yaml",
                                     "question: How many workers?\n"
                                     "workload: {tasks: 32, task: [{wait: 10ms}]}\n"
                                     "strategies: [threads]\n"
                                     "workers: [2]\n");
};

TEST_F(TuneCommand, FindsAsManyWorkersAsThereAreWaits) {
  const test::Ran result = tuned(waits_, {"--vary", "workers=1,4,16,32", "--minimize", "wall"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("Best: workers=32 threads@32, "), HasSubstr("workers=1 threads@1"),
                    HasSubstr("worse"), HasSubstr("as it is")));
}

TEST_F(TuneCommand, TheConstraintChoosesALongerIntervalThanTheBestAlone) {
  const std::vector<std::string> vary = {"--vary", "interpreter.switch_interval=100us,1ms,20ms",
                                         "--maximize", "sleeper.rate"};
  EXPECT_THAT(tuned(convoy_, vary).out,
              HasSubstr("Best: interpreter.switch_interval=100us cpu+sleeper, "));
  std::vector<std::string> bounded = vary;
  bounded.insert(bounded.end(), {"--subject-to", "sleeper.p99 >= 2ms"});
  const std::string out = tuned(convoy_, bounded).out;
  EXPECT_THAT(out, AllOf(HasSubstr("Best: interpreter.switch_interval=1ms cpu+sleeper, "),
                         HasSubstr("1 setting does not meet the constraint"),
                         HasSubstr("Pareto front of sleeper.rate and sleeper.p99")));
}

TEST_F(TuneCommand, SettingsThatChangeNothingAreTied) {
  const test::Ran result =
      tuned(waits_, {"--vary", "interpreter.switch_interval=1ms,2ms", "--minimize", "wall"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("tied"), HasSubstr("1 more cannot be told apart"),
                                Not(HasSubstr("worse\n"))));
}

TEST_F(TuneCommand, IsTheSameForAnyNumberOfJobs) {
  const std::vector<std::string> words = {"--vary", "workers=1,4,16", "--minimize", "wall",
                                          "--jobs"};
  std::vector<std::string> one = words, seven = words;
  one.push_back("1");
  seven.push_back("7");
  EXPECT_EQ(tuned(waits_, one).out, tuned(waits_, seven).out);
}

TEST_F(TuneCommand, SaysWhatIsMissingOrWrong) {
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,4"}).err, HasSubstr("nothing to optimize"));
  EXPECT_THAT(
      tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--maximize", "cpu"}).err,
      HasSubstr("exclude each other"));
  EXPECT_THAT(tuned(waits_, {"--minimize", "wall"}).err, HasSubstr("nothing to vary"));
  EXPECT_THAT(tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wal"}).err,
              HasSubstr("has no metric 'wal'"));
  for (const char* const wrong : {"wall", "wall > 3", "wall >= soon", ">= 3", "wall >= x"}) {
    const test::Ran result =
        tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--subject-to", wrong});
    EXPECT_EQ(result.code, 2) << wrong;
    EXPECT_THAT(result.err, HasSubstr("is not a constraint")) << wrong;
  }
  EXPECT_THAT(
      tuned(waits_, {"--vary", "workers=1,4", "--minimize", "wall", "--subject-to", "wall <= 1ns"})
          .out,
      HasSubstr("No setting meets the constraint."));
}

}  // namespace
}  // namespace gilsim::app
