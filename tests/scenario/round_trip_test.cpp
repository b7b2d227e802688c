#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

std::string print_of(const std::string& text) {
  return print_config(read_scenario_text(text, "test.yaml"));
}

TEST(PrintConfig, EveryFormOfAStepPrintsAndReadsBackEqual) {
  for (const char* step :
       {"python: 2ms", "python: {loops: 50_000_000}", "python: {exponential: {mean: 2ms}}",
        "native: {time: 5ms, lock: held}", "native: {time: {uniform: {min: 1ms, max: 2ms}}}",
        "wait: {time: {lognormal: {mean: 20ms, cv: 0.1}}, via: socket}",
        "wait: {hyperexponential: {mean: 2h, cv: 3.3333333333333335}}",
        "wait: {empirical: [1ms, 2.5ms, 1ns]}", "python: {recorded: [0ms, 2.5ms, 1ns]}"}) {
    const std::string printed = print_of(batch_of(step));
    EXPECT_EQ(print_of(printed), printed) << step;
  }
}

TEST(PrintConfig, LongListsAndEveryKeyPrintAndReadBackEqual) {
  std::string samples = "1ns";
  for (int i = 2; i <= 60; ++i) samples += ", " + std::to_string(i) + "ms";
  const std::string printed = print_of(
      "machine: {cores: [2, 4]}\n"
      "interpreter: {version: [\"3.10\", \"3.11\"], switch_interval: [1ms, 5ms]}\n"
      "host: 'configs/hosts/a b.yaml'\nworkers: [1, 3]\nstart_method: spawn\n"
      "expect: {threads@3: {speedup: {min: 3.0}, wall: {min: 0.1, max: 1e3}}}\n" +
      batch_of("wait: {empirical: [" + samples + "]}"));
  EXPECT_EQ(print_of(printed), printed);
  EXPECT_THAT(printed, testing::HasSubstr("version: [\"3.10\", \"3.11\"]"));
  EXPECT_THAT(printed, testing::HasSubstr("start_method: spawn\n"));
  EXPECT_THAT(printed, testing::HasSubstr("# chunk_size: not set; "));
}

TEST(PrintConfig, ThreadsPrintInTheirOrder) {
  EXPECT_EQ(
      print_of("threads: {b: {program: [python: 1ms]}, a: {program: [wait: 1s]}}\n"
               "question: Who waits?\nmachine: {cores: 2}\n"
               "interpreter: {version: '3.11', switch_interval: 5ms}\n"
               "expect: {b+a: {a.rate: {min: 1}}}\n"),
      "question: \"Who waits?\"\n"
      "host: default\n"
      "machine:\n"
      "  cores: 2\n"
      "  # threads_per_core: not set; hardware threads of each core; default: the profile's\n"
      "  # smt_speed: not set; speed of each hardware thread while another one of its core "
      "computes; default: the profile's\n"
      "  # scheduler: not set; of the kernel: EEVDF since 6.6, CFS before; default: the "
      "profile's\n"
      "  # cfs: not set; figures of CFS; default: the profile's\n"
      "  # memory: not set; bandwidth of native steps that state `memory`; default: the "
      "profile's\n"
      "  # quota: not set; CPU quota of the run's container; default: the profile's\n"
      "  # background: not set; what other processes compute meanwhile; default: the "
      "profile's\n"
      "interpreter:\n"
      "  version: \"3.11\"\n"
      "  switch_interval: 5ms\n"
      "  # lock: not set; model of the interpreter lock, see `gilsim list locks`; default: that "
      "of the version; a list is varied\n"
      "  isolated: true\n"
      "  # free_threading_tax: not set; time of bytecode without the lock over that with it, "
      "where a version with the lock is run as `lock: free_threaded`; default 1.08\n"
      "  # collections: not set; cyclic garbage collections, in each interpreter; default: "
      "none\n"
      "# devices: not set; devices by name, for waits that queue for them\n"
      "threads:\n"
      "  b:\n"
      "    program:\n"
      "      - python: 1ms\n"
      "    # interpreter: not set; name of the sub-interpreter it runs in; default: the main "
      "interpreter\n"
      "    # coroutines: not set; runs an asyncio event loop, on which so many coroutines "
      "repeat the program; default: none\n"
      "  a:\n"
      "    program:\n"
      "      - wait: {time: 1s, via: sleep}\n"
      "    # interpreter: not set; name of the sub-interpreter it runs in; default: the main "
      "interpreter\n"
      "    # coroutines: not set; runs an asyncio event loop, on which so many coroutines "
      "repeat the program; default: none\n"
      "# together: not set; which of the named threads run at once; default: all\n"
      "duration: 2s\n"
      "expect:\n"
      "  b+a:\n"
      "    a.rate:\n"
      "      min: 1\n"
      "      # max: not set; largest median that passes\n");
}

}  // namespace
}  // namespace gilsim::scenario
