#include "app/arguments.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"

namespace gilsim::app {
namespace {

const std::vector<OptionSpec> kOptions = {{"seed", 0, "N", ""},
                                          {"set", 0, "KEY=VALUE", "", true},
                                          {"output", 'o', "FILE", ""},
                                          {"terminal", 0, "", ""}};

std::string complaint(const std::vector<std::string>& words) {
  try {
    Arguments::parse(words, kOptions);
  } catch (const UsageError& error) {
    return std::string(error.what()) + "|" + error.hint();
  }
  return "accepted";
}

TEST(Arguments, OptionsAndOperandsMayMix) {
  const Arguments arguments = Arguments::parse(
      {"a.yaml", "--seed=7", "--set", "x=1", "-o", "out", "b.yaml", "--set", "y=2", "--terminal"},
      kOptions);
  EXPECT_EQ(arguments.operands(), (std::vector<std::string>{"a.yaml", "b.yaml"}));
  EXPECT_EQ(arguments.value("seed"), "7");
  EXPECT_EQ(arguments.all("set"), (std::vector<std::string>{"x=1", "y=2"}));
  EXPECT_EQ(arguments.value("output"), "out");
  EXPECT_TRUE(arguments.has("terminal"));
}

TEST(Arguments, AfterTwoDashesEverythingIsAnOperand) {
  const Arguments arguments = Arguments::parse({"--", "--seed", "-o"}, kOptions);
  EXPECT_EQ(arguments.operands(), (std::vector<std::string>{"--seed", "-o"}));
  EXPECT_FALSE(arguments.has("seed"));
}

TEST(Arguments, NothingIsGuessed) {
  EXPECT_EQ(complaint({"--see", "1"}), "unknown option '--see'|did you mean '--seed'?");
  EXPECT_EQ(complaint({"--ouptut=x"}), "unknown option '--ouptut'|did you mean '--output'?");
  EXPECT_EQ(complaint({"--nonsense"}), "unknown option '--nonsense'|");
  EXPECT_EQ(complaint({"-x"}), "unknown option '-x'|");
  EXPECT_EQ(complaint({"--operands", "1"}), "unknown option '--operands'|");
}

TEST(Arguments, ASingleOptionGivenTwiceIsAnError) {
  EXPECT_EQ(complaint({"--seed", "1", "--seed", "2"}), "option '--seed' is given twice: 1 and 2|");
}

TEST(Arguments, AValueMustBeThereAndAFlagHasNone) {
  EXPECT_EQ(complaint({"--seed"}), "option '--seed' needs a value|");
  EXPECT_EQ(complaint({"--terminal=yes"}), "option '--terminal' takes no value|");
}

std::string number_complaint(const std::string& text) {
  try {
    Arguments::parse({"--seed=" + text}, kOptions).number("seed", 1, 0, UINT64_MAX);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Arguments, ANumberIsDigitsOnlyAndInRange) {
  EXPECT_EQ(number_complaint("18446744073709551615"), "accepted");
  for (const char* const text : {"-1", "+1", "1.0", "0x10", "1e3", " 1", "18446744073709551616"}) {
    EXPECT_EQ(number_complaint(text), "--seed '" + std::string(text) +
                                          "' is not a whole number from 0 to 18446744073709551615");
  }
}

}  // namespace
}  // namespace gilsim::app
