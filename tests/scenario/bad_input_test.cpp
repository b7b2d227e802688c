#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

TEST(BadInput, UnknownKeyIsNamedWithASuggestion) {
  EXPECT_EQ(complaint("question: What if?\n"
                      "strategies: [sequential]\n"
                      "workload:\n"
                      "  tasks: 2\n"
                      "  chunksize: 3\n"
                      "  task:\n"
                      "    - python: 2ms\n"),
            "test.yaml:5:3: error: unknown key 'chunksize'\n"
            "    chunksize: 3\n"
            "    ^\n"
            "  hint: did you mean 'chunk_size'?");
}

TEST(BadInput, AKeyThatIsThereIsNotSuggestedForAnother) {
  EXPECT_EQ(
      complaint("question: What if?\n"
                "strategies: [sequential]\n"
                "workload:\n"
                "  tasks: 2\n"
                "  taks: 3\n"
                "  task:\n"
                "    - python: 2ms\n"),
      "test.yaml:5:3: error: unknown key 'taks'\n"
      "    taks: 3\n"
      "    ^\n"
      "  hint: known keys: tasks, task, chunk_size, task_time, waiting, handle, argument, result, "
      "via, heap");
}

TEST(BadInput, UnknownKeyLikeNoOtherListsTheKnownOnes) {
  EXPECT_EQ(
      complaint("question: What if?\nstrategies: [threads]\n"
                "machine: {gigahertz: 3}\n"
                "workload: {tasks: 2, task: [python: 2ms]}\n"),
      "test.yaml:3:11: error: unknown key 'gigahertz'\n"
      "  machine: {gigahertz: 3}\n"
      "            ^\n"
      "  hint: known keys: cores, threads_per_core, smt_speed, scheduler, cfs, memory, quota, "
      "background");
}

TEST(BadInput, MisspeltTopLevelKeyIsOneErrorAndNotTwo) {
  EXPECT_EQ(complaint("question: What if?\nstrategies: [threads]\n"
                      "worklaod: {tasks: 2, task: [python: 2ms]}\n"),
            "test.yaml:3:1: error: unknown key 'worklaod'\n"
            "  worklaod: {tasks: 2, task: [python: 2ms]}\n"
            "  ^\n"
            "  hint: did you mean 'workload'?");
}

TEST(BadInput, DuplicateKeyIsRefused) {
  EXPECT_EQ(complaint("question: What if?\n"
                      "strategies: [sequential]\n"
                      "workload:\n"
                      "  tasks: 2\n"
                      "  tasks: 3\n"
                      "  task: [python: 2ms]\n"),
            "test.yaml:5:3: error: duplicate key 'tasks'\n"
            "    tasks: 3\n"
            "    ^\n"
            "  hint: it is already given in line 4; keep one of them");
}

TEST(BadInput, DurationNeedsItsUnit) {
  EXPECT_EQ(complaint(batch_of("python: 5")),
            "test.yaml:6:15: error: 'python': '5' has no unit\n"
            "      - python: 5\n"
            "                ^\n"
            "  hint: write 5ms");
}

TEST(BadInput, NegativeDurationNamesTheBound) {
  EXPECT_EQ(complaint(batch_of("wait: {time: -5ms, via: udp}")),
            "test.yaml:6:20: error: 'time' must be at least 0s, not -5ms\n"
            "      - wait: {time: -5ms, via: udp}\n"
            "                     ^");
}

TEST(BadInput, WrongTypeNamesTheWantedOne) {
  EXPECT_EQ(complaint("question: [What, if]\n"
                      "strategies: threads\n"
                      "workload: {tasks: many, task: {python: 2ms}}\n"),
            "test.yaml:1:11: error: 'question' needs text, not a list\n"
            "  question: [What, if]\n"
            "            ^\n"
            "test.yaml:2:13: error: 'strategies' needs a list, not 'threads'\n"
            "  strategies: threads\n"
            "              ^\n"
            "test.yaml:3:19: error: 'tasks': 'many' is not a whole number\n"
            "  workload: {tasks: many, task: {python: 2ms}}\n"
            "                    ^\n"
            "  hint: write it like 50, 50_000_000 or 5e7\n"
            "test.yaml:3:31: error: 'task' needs a list, not a mapping\n"
            "  workload: {tasks: many, task: {python: 2ms}}\n"
            "                                ^");
}

TEST(BadInput, EmptyFileIsAnErrorOfTheFileAsAWhole) {
  const std::string message = "test.yaml: error: the file is empty";
  EXPECT_EQ(complaint(""), message);
  EXPECT_EQ(complaint("\n# only a comment\n"), message);
  EXPECT_EQ(complaint("---\n"), message);
}

TEST(BadInput, TwoDocumentsAreRefused) {
  EXPECT_EQ(complaint(batch_of("python: 5ms") + "---\nquestion: And now?\n"),
            "test.yaml:7:1: error: a second document begins here\n"
            "  ---\n"
            "  ^\n"
            "  hint: keep one document a file: remove the second '---' and what follows it");
}

TEST(BadInput, MissingFileIsNamed) {
  try {
    read_scenario("no/such/file.yaml");
    FAIL() << "it was read";
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(error.what(),
                 "no/such/file.yaml: error: can't read the file: No such file or directory\n"
                 "  hint: `gilsim list scenarios` shows the gallery");
  }
}

TEST(BadInput, FolderIsNoFile) {
  try {
    read_host_profile("/");
    FAIL() << "it was read";
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(error.what(),
                 "/: error: can't read the file: Is a directory\n"
                 "  hint: write one with: gilsim calibrate");
  }
}

TEST(BadInput, SeveralErrorsAreReportedAtOnceInTheOrderOfTheFile) {
  EXPECT_EQ(complaint("strategies: [thread, processes, processes]\n"
                      "workers: [0, 010]\n"
                      "workload:\n"
                      "  task:\n"
                      "    - pyhton: 2ms\n"
                      "    - wait: {uniform: {min: 3ms, max: 2ms}}\n"
                      "duration: 2s\n"),
            "test.yaml:1:1: error: missing key 'question'\n"
            "  strategies: [thread, processes, processes]\n"
            "  ^\n"
            "  hint: question: what the scenario answers, in one sentence\n"
            "test.yaml:1:14: error: 'strategies' can't be 'thread'\n"
            "  strategies: [thread, processes, processes]\n"
            "               ^\n"
            "  hint: did you mean 'threads'?\n"
            "test.yaml:1:33: error: 'strategies' has 'processes' twice\n"
            "  strategies: [thread, processes, processes]\n"
            "                                  ^\n"
            "  hint: keep one of them\n"
            "test.yaml:2:11: error: 'workers' must be at least 1, not 0\n"
            "  workers: [0, 010]\n"
            "            ^\n"
            "test.yaml:2:14: error: 'workers': '010' has a leading zero\n"
            "  workers: [0, 010]\n"
            "               ^\n"
            "  hint: write 10; numbers are decimal\n"
            "test.yaml:3:1: error: missing key 'tasks' in 'workload'\n"
            "  workload:\n"
            "  ^\n"
            "  hint: tasks: number of tasks\n"
            "test.yaml:5:7: error: unknown key 'pyhton'\n"
            "      - pyhton: 2ms\n"
            "        ^\n"
            "  hint: did you mean 'python'?\n"
            "test.yaml:6:23: error: 'uniform' needs min <= max, not 3ms and 2ms\n"
            "      - wait: {uniform: {min: 3ms, max: 2ms}}\n"
            "                        ^\n"
            "test.yaml:7:1: error: 'duration' has no meaning beside 'workload'\n"
            "  duration: 2s\n"
            "  ^\n"
            "  hint: remove it");
}

TEST(BadInput, CaretStandsUnderTheErrorAfterTabsAndWideCharacters) {
  EXPECT_EQ(complaint("question: {\"\u00fc\u6f22\":\t5}\n" + batch_of("python: 5ms").substr(19)),
            "test.yaml:1:11: error: 'question' needs text, not a mapping\n"
            "  question: {\"\u00fc\u6f22\":\t5}\n"
            "            ^");
  EXPECT_EQ(
      complaint("machine: {\"\u00fc\u6f22\":\t5, \u00fc: 3}\n" + batch_of("python: 5ms")),
      "test.yaml:1:11: error: unknown key '\u00fc\u6f22'\n"
      "  machine: {\"\u00fc\u6f22\":\t5, \u00fc: 3}\n"
      "            ^\n"
      "  hint: known keys: cores, threads_per_core, smt_speed, scheduler, cfs, memory, quota, "
      "background\n"
      "test.yaml:1:20: error: unknown key '\u00fc'\n"
      "  machine: {\"\u00fc\u6f22\":\t5, \u00fc: 3}\n"
      "                  \t   ^\n"
      "  hint: known keys: cores, threads_per_core, smt_speed, scheduler, cfs, memory, quota, "
      "background");
}

}  // namespace
}  // namespace gilsim::scenario
