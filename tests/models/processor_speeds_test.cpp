// Hardware threads of one core, and memory that native code shares.
#include "models/os/processor_speeds.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

// Processors 0 and 2 are one core, 1 and 3 the other.
MachineParameters two_cores_of_two(double smt_speed) {
  MachineParameters m = free_machine(4).machine;
  m.threads_per_core = 2;
  m.smt_speed = Estimate::exactly(smt_speed);
  return m;
}

// A published machine: GB/s of 1 to 32 threads together.
const std::vector<MemoryBandwidth> kServer = {{1, 9.0},  {2, 17.4},  {4, 29.5},
                                              {8, 36.6}, {16, 44.8}, {32, 60.4}};

TEST(ProcessorSpeeds, SiblingsShareTheirCoreOthersDoNot) {
  ProcessorSpeeds speeds(two_cores_of_two(0.6), 1.0, 0.6);
  speeds.begins(0, 0);
  EXPECT_EQ(speeds.of(0), 1.0);
  speeds.begins(1, 0);
  EXPECT_EQ(speeds.of(0), 1.0) << "on another core";
  speeds.begins(2, 0);
  EXPECT_EQ(speeds.of(0), 0.6);
  EXPECT_EQ(speeds.of(2), 0.6);
  EXPECT_EQ(speeds.of(1), 1.0);
  speeds.ceases(0);
  EXPECT_EQ(speeds.of(2), 1.0);
}

TEST(ProcessorSpeeds, ParallelSpeedCountsWholeCores) {
  ProcessorSpeeds speeds(two_cores_of_two(0.5), 0.8, 0.5);
  speeds.begins(0, 0);
  speeds.begins(2, 0);
  EXPECT_EQ(speeds.of(0), 0.5) << "one core is busy, with both its threads";
  speeds.begins(1, 0);
  EXPECT_DOUBLE_EQ(speeds.of(1), 0.8);
  EXPECT_DOUBLE_EQ(speeds.of(0), 0.8 * 0.5);
}

TEST(ProcessorSpeeds, MemoryIsSharedOnceTheDemandExceedsIt) {
  MachineParameters m = free_machine(4).machine;
  m.memory = {{1, 10}, {4, 20}};
  ProcessorSpeeds speeds(m, 1.0, 1.0);
  speeds.begins(0, 10);
  EXPECT_EQ(speeds.of(0), 1.0);
  speeds.begins(1, 0);
  speeds.begins(2, 10);  // 13.33 for two, 20 wanted
  EXPECT_NEAR(speeds.of(0), 2.0 / 3, 1e-12);
  EXPECT_EQ(speeds.of(1), 1.0) << "moves no memory";
  speeds.begins(2, 3);
  EXPECT_EQ(speeds.of(0), 1.0) << "13 is less than 13.33";
}

TEST(ProcessorSpeeds, BandwidthIsInterpolatedAndEndsWhereTheCurveEnds) {
  EXPECT_DOUBLE_EQ(bandwidth_of(kServer, 1), 9.0);
  EXPECT_DOUBLE_EQ(bandwidth_of(kServer, 3), (17.4 + 29.5) / 2);
  EXPECT_DOUBLE_EQ(bandwidth_of(kServer, 32), 60.4);
  EXPECT_DOUBLE_EQ(bandwidth_of(kServer, 64), 60.4);
  EXPECT_DOUBLE_EQ(bandwidth_of({{4, 20}}, 1), 5.0);
}

// ---- On the machine

TEST(HardwareThreads, AThirdThreadSlowsOneOfTwoCores) {
  Puppets p(two_cores_of_two(0.6));
  std::vector<Thread*> threads;
  for (int i = 0; i < 3; ++i) threads.push_back(&p.start_computing(ms(60)));
  p.simulator.run();
  // The two on one core need 100 ms each, the third has its own.
  std::vector<Duration> ends;
  for (const Thread* thread : threads) ends.push_back(p.asked[thread->id].back());
  std::sort(ends.begin(), ends.end());
  EXPECT_EQ(ends[0], ms(60));
  EXPECT_EQ(ends[1], ms(100));
  EXPECT_EQ(ends[2], ms(100));
}

TEST(HardwareThreads, IdleCoresAreTakenBeforeIdleSiblings) {
  Puppets p(two_cores_of_two(0.6));
  Thread& a = p.start_computing(ms(60));
  Thread& b = p.start_computing(ms(60));
  p.simulator.run();
  EXPECT_EQ(p.asked[a.id].back(), ms(60));
  EXPECT_EQ(p.asked[b.id].back(), ms(60));
}

TEST(HardwareThreads, AWakingThreadPrefersAnIdleCore) {
  Puppets p(two_cores_of_two(0.6));
  Thread* self = nullptr;
  Thread& sleeper = p.add([&](int turn) {
    if (turn == 0) p.machine.wake_by_timer_in(*self, ms(10));
    if (turn == 0) return CpuRequest::block();
    return turn == 1 ? CpuRequest::compute(ms(6)) : CpuRequest::exit();
  });
  self = &sleeper;
  p.machine.start(sleeper);  // processor 0, which is then taken by the first that computes
  p.run_until(ms(1));
  p.start_computing(ms(60));
  p.run_until(ms(100));
  EXPECT_EQ(p.asked[sleeper.id].back(), ms(16)) << "at full speed";
}

TEST(HardwareThreads, OneInterpretersThreadsGainNothingAndLoseNothing) {
  Configuration c = free_machine(4);
  c.strategy = StrategyKind::kThreads;
  c.workers = 4;
  c.batch = {20, {PythonStep{Constant{ms(10)}, {}}}};
  const Duration alone = simulate(c, 1, 0).outcome.wall;
  c.machine.threads_per_core = 2;
  c.machine.smt_speed = Estimate::exactly(0.6);
  EXPECT_EQ(simulate(c, 1, 0).outcome.wall, alone);
}

TEST(HardwareThreads, NativeThreadsGainWhatTheCoresHaveToGive) {
  Configuration c = free_machine(8);
  c.machine.threads_per_core = 2;
  c.machine.smt_speed = Estimate::exactly(0.625);
  c.strategy = StrategyKind::kThreads;
  c.workers = 8;
  c.batch = {64, {NativeStep{Constant{ms(10)}}}};
  // Eight at 0.625 are five cores' worth.
  EXPECT_NEAR(simulate(c, 1, 0).outcome.wall.in_seconds(), 0.64 / 5, 0.002);
}

// Published (O. Grisel, gist 7fa242ea): so many GB/s by 1 to 32 threads.
TEST(Memory, ThroughputFollowsThePublishedCurve) {
  for (const MemoryBandwidth& point : kServer) {
    Configuration c = free_machine(32);
    c.machine.memory = kServer;
    c.strategy = StrategyKind::kThreads;
    c.workers = point.threads;
    c.batch = {point.threads * 8, {NativeStep{Constant{ms(10)}, LockMode::kReleased, 9.0}}};
    const double moved = 9.0 * 0.010 * c.batch.tasks;  // GB
    const double seconds = simulate(c, 1, 0).outcome.wall.in_seconds();
    EXPECT_NEAR(moved / seconds, point.bandwidth, 0.02 * point.bandwidth) << point.threads;
  }
}

TEST(Memory, BytecodeDoesNotWaitForIt) {
  Configuration c = free_machine(2);
  c.machine.memory = {{1, 1.0}};
  c.lock = LockKind::kNone;  // nothing but memory to wait for
  c.duration = Duration::seconds(1);
  c.threads.push_back({"copies", {NativeStep{Constant{ms(1)}, LockMode::kReleased, 4.0}}});
  c.threads.push_back({"computes", {PythonStep{Constant{ms(1)}, {}}}});
  const Outcome outcome = simulate(c, 1, 0).outcome;
  EXPECT_NEAR(static_cast<double>(outcome.threads[0].operations), 250, 1) << "a quarter of 1000";
  EXPECT_NEAR(static_cast<double>(outcome.threads[1].operations), 1000, 1);
}

}  // namespace
}  // namespace gilsim::model
