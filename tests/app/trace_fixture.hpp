// Recordings written by hand, of programs that do the same again and again.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenario/read.hpp"
#include "tests/app/support.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::app {

inline constexpr std::uint64_t kMicrosecond = 1000;
inline constexpr std::uint16_t kSleep = static_cast<std::uint16_t>(trace::Call::kSleep);

class RecordedProgram : public testing::Test {
 protected:
  // A thread that computes 100 µs and sleeps for 1 ms, again and again, alone.
  void write_sleeper(const std::string& version) const {
    trace::test::TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, version);
    for (std::uint64_t round = 0; round < 200; ++round) {
      const std::uint64_t time = round * 1100 * kMicrosecond;
      writer.at(time, trace::Kind::kTake).at(time + 100 * kMicrosecond, trace::Kind::kDrop);
      writer.at(time + 100 * kMicrosecond, trace::Kind::kBlock, kSleep);
      writer.at(time + 1100 * kMicrosecond, trace::Kind::kUnblock, kSleep);
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  // A thread that sends an answer, polls until a request comes `think` after it, receives it and
  // works for 60 µs. Every other time it comes to the poll only when the request is there.
  void write_server(std::uint64_t think) const {
    trace::test::TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, "3.11.2 (main)");
    std::uint64_t time = 0;
    const auto after = [&](std::uint64_t microseconds) { return time += microseconds * 1000; };
    const auto call = [&](trace::Call which, std::uint64_t microseconds) {
      const auto number = static_cast<std::uint16_t>(which);
      writer.at(time, trace::Kind::kDrop).at(time, trace::Kind::kBlock, number);
      writer.at(after(microseconds), trace::Kind::kUnblock, number);
      writer.at(time, trace::Kind::kTake);
    };
    writer.at(time, trace::Kind::kTake);
    for (int round = 0; round < 100; ++round) {
      const bool is_late = round % 2 == 1;
      call(trace::Call::kSend, 10);
      after(is_late ? think + 5000 : 40);
      call(trace::Call::kPoll, is_late ? 2 : think - 50);
      after(20);
      call(trace::Call::kReceive, 2);
      after(40);
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  // A thread that computes 100 µs with the lock and has 500 µs of CPU time in each 1 ms of native
  // code.
  void write_disturbed() const {
    trace::test::TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, "3.11.2 (main)");
    for (std::uint64_t round = 0; round < 200; ++round) {
      const std::uint64_t time = round * 1100 * kMicrosecond;
      writer.at(time, trace::Kind::kTake);
      writer.at(time, trace::Kind::kCpu, 0, {round * 600 * kMicrosecond});
      writer.at(time + 100 * kMicrosecond, trace::Kind::kDrop);
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  static void describe(trace::test::TraceWriter& writer, const std::string& version) {
    trace::ImageText text{};
    std::memcpy(text.interpreter, version.c_str(), version.size());
    std::memcpy(text.command, "python3\0app.py", 15);
    std::vector<std::uint64_t> words(trace::kImageWords);
    std::memcpy(words.data(), &text, sizeof text);
    writer.at(0, trace::Kind::kImage, static_cast<std::uint16_t>(trace::kImageWords), words);
  }

  // `count` tasks of 2 ms of bytecode and 3 ms of native code; every other one sleeps for 10 ms.
  void write_tasks(std::uint64_t count) const {
    trace::test::TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, "3.11.2 (main)");
    name_task(writer, 7, "app:work");
    std::uint64_t time = 5000;
    const auto after = [&](std::uint64_t microseconds) { return time += microseconds * 1000; };
    writer.at(time, trace::Kind::kTake);
    for (std::uint64_t task = 0; task < count; ++task) {
      writer.at(after(1000), trace::Kind::kTaskBegin, 0, {task, 7});
      writer.at(after(2000), trace::Kind::kDrop);
      writer.at(after(3000), trace::Kind::kTake);
      if (task % 2 == 1) {
        writer.at(after(1), trace::Kind::kDrop).at(time, trace::Kind::kBlock, kSleep);
        writer.at(after(10'000), trace::Kind::kUnblock, kSleep).at(time, trace::Kind::kTake);
      }
      writer.at(after(1), trace::Kind::kTaskEnd, 0, {task, 1});
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  // The main thread computes and lets go when asked; another one sleeps for 1 ms, asks and waits
  // for 5 ms, again and again.
  void write_convoy() const {
    trace::test::TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, "3.11.2 (main)");
    writer.at(kMicrosecond, trace::Kind::kTake);
    for (std::uint64_t round = 1; round <= 100; ++round) {
      const std::uint64_t time = round * 6200 * kMicrosecond;
      writer.at(time, trace::Kind::kDrop).at(time + 1000, trace::Kind::kForced);
      writer.at(time + 50'000, trace::Kind::kForcedEnd).at(time + 60'000, trace::Kind::kRequest);
      writer.at(time + 100'000, trace::Kind::kTake);
    }
    writer.segment(101, 0);
    for (std::uint64_t round = 1; round <= 100; ++round) {
      const std::uint64_t time = round * 6200 * kMicrosecond;
      writer.at(time - 5000 * kMicrosecond, trace::Kind::kRequest);
      writer.at(time - 4000, trace::Kind::kTimeout).at(time + 40'000, trace::Kind::kTake);
      writer.at(time + 90'000, trace::Kind::kDrop).at(time + 95'000, trace::Kind::kBlock, kSleep);
      writer.at(time + 1'100'000, trace::Kind::kUnblock, kSleep);
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  static void name_task(trace::test::TraceWriter& writer, std::uint64_t number,
                        const std::string& name) {
    std::vector<std::uint64_t> words(1 + (name.size() + 7) / 8);
    words[0] = number;
    std::memcpy(words.data() + 1, name.data(), name.size());
    writer.at(1000, trace::Kind::kTaskName, static_cast<std::uint16_t>(words.size()), words);
  }

  double wall_of(const std::string& label, const std::string& workers) const {
    const nlohmann::json report = nlohmann::json::parse(
        test::ran({"run", scenario_, "--json", "-", "--set", "strategies=[" + label + "]", "--set",
                   "workers=[" + workers + "]"})
            .out);
    return report["points"].at(0)["predicted"]["median"].get<double>();
  }

  test::Ran made(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"trace", trace_, "--host", host_, "--scenario", scenario_};
    words.insert(words.end(), more.begin(), more.end());
    return test::ran(words);
  }

  test::TemporaryFolder folder_;
  std::string host_ =
      folder_.write("host.yaml", scenario::print_host_profile(test::round_profile("3.11.2")));
  std::string trace_ = folder_.path("t.trace");
  std::string scenario_ = folder_.path("made.yaml");
};

}  // namespace gilsim::app
