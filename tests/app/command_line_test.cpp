#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::HasSubstr;
using testing::StartsWith;

TEST(CommandLine, WithoutACommandTheHelpGoesToStandardError) {
  const test::Ran result = ran({});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("Commands:"));
}

TEST(CommandLine, TheHelpFitsAScreenAndNamesEveryCommand) {
  const test::Ran result = ran({"--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_LE(std::count(result.out.begin(), result.out.end(), '\n'), 24);
  for (const Command& command : all_commands()) {
    EXPECT_THAT(result.out, HasSubstr("  " + command.name + " ")) << command.name;
  }
}

TEST(CommandLine, TheManPageAndTheCompletionHaveEveryCommandAndOption) {
  const std::string page = ran({"schema", "man"}).out;
  const std::string completion = ran({"schema", "bash-completion"}).out;
  for (const Command& command : all_commands()) {
    EXPECT_THAT(page, HasSubstr("\n.SS gilsim " + command.name + " ")) << command.name;
    EXPECT_THAT(completion, HasSubstr("\n    " + command.name + ") options='")) << command.name;
    for (const OptionSpec& option : command.options) {
      std::string name;
      for (const char c : option.name) name += c == '-' ? "\\-" : std::string(1, c);
      EXPECT_THAT(page, HasSubstr("\\fB\\-\\-" + name + "\\fR")) << option.name;
      EXPECT_THAT(completion, HasSubstr("--" + option.name)) << option.name;
    }
  }
  EXPECT_EQ(page.find("\n'"), std::string::npos);  // a line that roff would take for a request
}

TEST(CommandLine, AMisspeltHelpIsUnderstood) {
  EXPECT_THAT(ran({"--hlep"}).err, HasSubstr("did you mean '--help'?"));
  EXPECT_THAT(ran({"--verison"}).err, HasSubstr("did you mean '--version'?"));
}

TEST(CommandLine, EveryCommandHasAHelpThatNamesEachOfItsOptions) {
  for (const Command& command : all_commands()) {
    const test::Ran result = ran({command.name, "--help"});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, StartsWith("gilsim " + command.name + ": " + command.summary + "\n"));
    for (const OptionSpec& option : command.options) {
      EXPECT_THAT(result.out, HasSubstr("--" + option.name));
    }
    EXPECT_EQ(ran({"help", command.name}).out, result.out);
  }
}

TEST(CommandLine, TheVersionIsOneLine) {
  const test::Ran result = ran({"--version"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, testing::MatchesRegex("gilsim [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CommandLine, AMistypedCommandIsSuggested) {
  const test::Ran result = ran({"validte", "a.yaml"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err,
            "gilsim: error: unknown command 'validte'\n  hint: did you mean 'validate'?\n");
}

TEST(CommandLine, AMistypedOptionIsSuggestedAndNothingIsRun) {
  const test::Ran result = ran({"run", "absent.yaml", "--replication", "3"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err,
            "gilsim: error: unknown option '--replication'\n"
            "  hint: did you mean '--replications'?\n");
}

TEST(CommandLine, ASeedBelowZeroIsRefused) {
  EXPECT_EQ(ran({"run", "absent.yaml", "--seed", "-1"}).err,
            "gilsim: error: --seed '-1' is not a whole number from 0 to 18446744073709551615\n");
}

TEST(CommandLine, AScenarioMustBeGiven) {
  const test::Ran result = ran({"run"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err,
            "gilsim: error: no scenario file given\n"
            "  hint: `gilsim list scenarios` shows the gallery\n");
}

TEST(CommandLine, StrayOperandsAreRefused) {
  EXPECT_EQ(ran({"calibrate", "3.11"}).code, 2);
  EXPECT_EQ(ran({"plot", "a.json", "b.json"}).code, 2);
  EXPECT_EQ(ran({"schema", "scenario", "host"}).code, 2);
  EXPECT_EQ(ran({"list", "interpreter"}).err,
            "gilsim: error: nothing to list named 'interpreter'\n"
            "  hint: did you mean 'interpreters'?\n");
}

TEST(CommandLine, TheSchemasAreJson) {
  for (const char* const kind : {"scenario", "host"}) {
    const test::Ran result = ran({"schema", kind});
    EXPECT_EQ(result.code, 0);
    EXPECT_TRUE(nlohmann::json::accept(result.out)) << kind;
  }
  EXPECT_THAT(ran({"schema", "reference"}).out, HasSubstr("switch_interval"));
}

TEST(CommandLine, StrategiesAndLocksComeFromTheModels) {
  EXPECT_THAT(ran({"list", "strategies"}).out, HasSubstr("processes"));
  EXPECT_THAT(ran({"list", "locks"}).out, HasSubstr("interval"));
}

TEST(CommandLine, AReportThatIsNoJsonCannotBePlotted) {
  const test::TemporaryFolder folder;
  const test::Ran result = ran({"plot", folder.write("r.json", "{"), "-o", folder.path("out")});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("is not a JSON report"));
  EXPECT_EQ(ran({"plot", folder.path("absent.json")}).err,
            "gilsim: error: cannot read the report '" + folder.path("absent.json") + "'\n");
}

}  // namespace
}  // namespace gilsim::app
