#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(YamlTraps, AliasesAnchorsTagsAndMergeKeysAreRefusedWithTheirPlaces) {
  EXPECT_EQ(complaint("question: &q What if?\n"
                      "host: *q\n"
                      "machine: {<<: {cores: 2}}\n"
                      "workers: !!seq [1]\n"
                      "strategies: [threads]\n"
                      "workload: {tasks: 2, task: [python: 2ms]}\n"),
            "test.yaml:1:11: error: anchors are not supported\n"
            "  question: &q What if?\n"
            "            ^\n"
            "  hint: remove the '&' and the name after it\n"
            "test.yaml:2:7: error: aliases are not supported\n"
            "  host: *q\n"
            "        ^\n"
            "  hint: write the value out\n"
            "test.yaml:3:11: error: unknown key '<<'\n"
            "  machine: {<<: {cores: 2}}\n"
            "            ^\n"
            "  hint: merge keys are not supported; write the keys out\n"
            "test.yaml:4:10: error: tags are not supported\n"
            "  workers: !!seq [1]\n"
            "           ^\n"
            "  hint: remove the '!' and the name after it");
}

TEST(YamlTraps, TabInTheIndentationIsNamed) {
  EXPECT_EQ(complaint("question: What if?\nworkload:\n\ttasks: 2\n"),
            "test.yaml:3:1: error: a tab in the indentation\n"
            "  \ttasks: 2\n"
            "  ^\n"
            "  hint: indent with spaces");
}

TEST(YamlTraps, SyntaxErrorHasItsPlace) {
  EXPECT_THAT(complaint("question: What if?\nworkers: [1, 2\nhost: x\n"),
              StartsWith("test.yaml:3:5: error: not valid YAML: "));
}

TEST(YamlTraps, StrayBracketOrCommaIsAnErrorAndNoEndlessLoop) {
  for (const std::string stray : {",", "]", "}"}) {
    EXPECT_THAT(complaint(stray + "\nquestion: What if?\n"),
                StartsWith("test.yaml:1:1: error: not valid YAML: "));
    EXPECT_THAT(complaint("question: What if?\n" + stray + "\n"),
                StartsWith("test.yaml:2:1: error: not valid YAML: "));
  }
}

TEST(YamlTraps, BytesThatAreNoTextAreRefused) {
  EXPECT_THAT(complaint("question: caf\xe9\n"),
              StartsWith("test.yaml:1:14: error: this byte is not UTF-8\n"));
  EXPECT_THAT(complaint(std::string("question: a\x04", 12)),
              StartsWith("test.yaml:1:12: error: control character 4\n"));
  EXPECT_THAT(complaint(std::string("question: a\0", 12)),
              StartsWith("test.yaml:1:12: error: control character 0\n"));
}

TEST(YamlTraps, ByteOrderMarkAndWindowsLineEndsAreFine) {
  EXPECT_EQ(complaint("\xef\xbb\xbfquestion: What if?\r\nstrategies: [threads]\r\n"
                      "workload: {tasks: 2, task: [python: 2ms]}\r\n"),
            "fine");
  EXPECT_EQ(complaint("\xef\xbb\xbfquestion: What if?\r\nhost: 7\r\nstrategies: [threads]\r\n"
                      "workload: {tasks: 2, task: [python: 2ms]}\r\n"),
            "test.yaml:2:7: error: 'host' needs text, not 7\n"
            "  host: 7\n"
            "        ^\n"
            "  hint: write \"7\", in quotes");
}

TEST(YamlTraps, UnquotedVersionIsRefusedBecauseOtherReadersTakeItForANumber) {
  EXPECT_THAT(complaint("interpreter: {version: 3.10}\n" + batch_of("python: 2ms")),
              HasSubstr("'version' needs text, not 3.10\n"));
  EXPECT_THAT(complaint("interpreter: {version: 3.10}\n" + batch_of("python: 2ms")),
              HasSubstr("hint: write \"3.10\", in quotes"));
}

TEST(YamlTraps, KeyWithoutAValueIsAnError) {
  for (const char* empty : {"", " ~", " null"}) {
    EXPECT_THAT(complaint(std::string("host:") + empty + "\n" + batch_of("python: 2ms")),
                StartsWith("test.yaml:1:1: error: 'host' has no value\n"));
  }
}

TEST(YamlTraps, ManyLevelsAreAnErrorAndNoCrash) {
  EXPECT_THAT(complaint("question: " + std::string(100'000, '[')), HasSubstr("error: not valid"));
  EXPECT_THAT(complaint("question: " + std::string(300, '[') + std::string(300, ']')),
              HasSubstr("error: 'question' needs text, not a list"));
}

}  // namespace
}  // namespace gilsim::scenario
