// A sweep spread over processes, here threads with a cluster of queues between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <sstream>
#include <thread>

#include "app/app.hpp"
#include "app/cluster.hpp"
#include "tests/app/mix_fixture.hpp"

namespace gilsim::app {
namespace {

using testing::HasSubstr;

// What the members of a cluster have in common.
class Wires {
 public:
  explicit Wires(std::size_t size) : size_(size) {}
  std::size_t size() const { return size_; }

  std::string share(std::size_t rank, const std::string& line) {
    std::unique_lock<std::mutex> guard(mutex_);
    if (rank == 0) {
      shared_ = line;
      is_shared_ = true;
      changed_.notify_all();
    }
    changed_.wait(guard, [&] { return is_shared_; });
    return shared_;
  }
  void send(const std::string& line) {
    const std::lock_guard<std::mutex> guard(mutex_);
    lines_.push_back(line);
  }
  std::optional<std::string> receive() {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (lines_.empty()) return std::nullopt;
    std::string line = lines_.front();
    lines_.pop_front();
    return line;
  }

 private:
  const std::size_t size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string shared_;
  bool is_shared_ = false;
  std::deque<std::string> lines_;
};

class Member : public Cluster {
 public:
  Member(Wires& wires, std::size_t rank) : wires_(wires), rank_(rank) {}
  std::size_t rank() const override { return rank_; }
  std::size_t size() const override { return wires_.size(); }
  std::string share(const std::string& line) override { return wires_.share(rank_, line); }
  void send(const std::string& line) override { wires_.send(line); }
  std::optional<std::string> receive() override { return wires_.receive(); }

 private:
  Wires& wires_;
  std::size_t rank_;
};

class SweepCluster : public test::MixFixture {
 protected:
  SweepCluster()
      : MixFixture("sweep", test::kMixTasks +
                                "strategies: [sequential, threads]\n"
                                "workers: [2]\n") {}

  // The outcome of process 0; `others` is what the others are asked for.
  test::Ran spread(std::size_t size, const std::vector<std::string>& words,
                   const std::vector<std::string>& others) {
    Wires wires(size);
    std::vector<test::Ran> outcomes(size);
    std::vector<std::thread> threads;
    for (std::size_t rank = 0; rank < size; ++rank) {
      threads.emplace_back([&, rank] {
        Member member(wires, rank);
        std::ostringstream out, err;
        host::StopFlag stop{false};
        Io io{out, err, stop};
        io.cluster = &member;
        outcomes[rank].code = run_app(rank == 0 ? words : others, io);
        outcomes[rank].out = out.str();
        outcomes[rank].err = err.str();
      });
    }
    for (std::thread& thread : threads) thread.join();
    return outcomes[0];
  }
  std::vector<std::string> nine_points(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {"--vary", "workers=1..9"};
    all.insert(all.end(), more.begin(), more.end());
    return words(all);
  }

  std::string alone_ = folder_.path("alone.ndjson");
  std::string spread_ = folder_.path("spread.ndjson");
};

TEST_F(SweepCluster, OfAnyNumberOfProcessesWritesWhatOneDoesByteForByte) {
  const test::Ran alone = test::ran(nine_points({"--ndjson", alone_}));
  ASSERT_EQ(alone.code, 0) << alone.err;
  for (const std::size_t size : {1U, 2U, 3U, 12U}) {
    const auto words = nine_points({"--ndjson", spread_, "--overwrite"});
    const test::Ran result = spread(size, words, words);
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.out, alone.out) << size;
    EXPECT_EQ(test::read_text(spread_), test::read_text(alone_)) << size;
  }
}

TEST_F(SweepCluster, GoesOnWithWhatAnInterruptedSweepLeft) {
  ASSERT_EQ(test::ran(nine_points({"--ndjson", alone_})).code, 0);
  const std::string whole = test::read_text(alone_);
  for (std::size_t cut = 0; cut < whole.size(); cut += whole.size() / 7) {
    folder_.write("spread.ndjson", whole.substr(0, cut));
    const auto words = nine_points({"--ndjson", spread_, "--resume"});
    EXPECT_EQ(spread(3, words, words).code, 0) << cut;
    EXPECT_EQ(test::read_text(spread_), whole) << cut;
  }
}

TEST_F(SweepCluster, WhatStopsTheFirstProcessDismissesTheOthers) {
  folder_.write("spread.ndjson", "something");
  const auto words = nine_points({"--ndjson", spread_});
  const test::Ran result = spread(3, words, words);
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("is there already"));
}

TEST_F(SweepCluster, AProcessThatCannotPlanIsNamedByTheFirst) {
  const test::Ran result =
      spread(2, nine_points({}), {"sweep", folder_.path("absent.yaml"), "--vary", "workers=1..9"});
  EXPECT_EQ(result.code, 70);
  EXPECT_THAT(result.err, HasSubstr("another process of the sweep failed: "));
}

TEST_F(SweepCluster, AFullDiskEndsAllOfThem) {
  const auto words = nine_points({"--ndjson", "/dev/full"});
  EXPECT_EQ(spread(3, words, words).code, 3);
}

}  // namespace
}  // namespace gilsim::app
