// A quick calibration of the system's python3: everything is there and well-formed. What the
// figures are is not for a test to say.
#include "host/calibrate.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "host/host_error.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

CalibrationOptions quick() {
  CalibrationOptions options;
  options.interpreters = {find_interpreters().at(0)};
  options.quick = true;
  return options;
}

void expect_ordered(const model::Cost& cost, const char* what) {
  EXPECT_GE(cost.low, Duration()) << what;
  EXPECT_LE(cost.low, cost.median) << what;
  EXPECT_LE(cost.median, cost.high) << what;
}

void expect_measured(const model::Cost& cost, const char* what) {
  expect_ordered(cost, what);
  EXPECT_GT(cost.samples, 0) << what;
}

void expect_measured(const model::Estimate& estimate, const char* what) {
  EXPECT_GT(estimate.low, 0) << what;
  EXPECT_LE(estimate.low, estimate.median) << what;
  EXPECT_LE(estimate.median, estimate.high) << what;
  EXPECT_GT(estimate.samples, 0) << what;
}

void expect_rising(const model::WakeCurve& curve, const char* what) {
  ASSERT_FALSE(curve.empty()) << what;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    expect_ordered(curve[i].latency, what);
    if (i > 0) {
      EXPECT_LT(curve[i - 1].idle, curve[i].idle) << what;
    }
  }
}

void expect_pool(const std::optional<model::PoolParameters>& pool, const char* what) {
  ASSERT_TRUE(pool) << what;
  expect_measured(pool->create, what);
  expect_measured(pool->create_per_worker, what);
  expect_measured(pool->worker_ready, what);
  expect_measured(pool->chunk, what);
  expect_measured(pool->item, what);
  expect_measured(pool->shutdown, what);
}

TEST(Calibrate, AQuickCalibrationIsCompleteAndWellFormed) {
  CalibrationOptions options = quick();
  int last = -1;
  int total = 0;
  options.progress = [&](const CalibrationProgress& p) {
    EXPECT_GE(p.done, last);
    last = p.done;
    total = p.total;
  };
  const model::HostProfile profile = calibrate(options).profile;
  EXPECT_GT(total, 0);
  EXPECT_EQ(last, total);

  EXPECT_EQ(profile.host.fingerprint, this_host().fingerprint);
  EXPECT_NE(profile.description.find("not for predictions"), std::string::npos);
  EXPECT_FALSE(profile.measured.empty());
  const model::MachineParameters& machine = profile.machine;
  EXPECT_GE(machine.cores, 1);
  EXPECT_GT(machine.tick, Duration());
  expect_rising(machine.timer_wake, "timer_wake");
  expect_rising(machine.futex_wake, "futex_wake");
  expect_ordered(machine.waker_cost, "waker_cost");
  expect_measured(machine.context_switch, "context_switch");
  expect_measured(machine.thread_create, "thread_create");
  expect_measured(machine.parallel_speed, "parallel_speed");

  ASSERT_EQ(profile.interpreters.size(), 1U);
  const model::InterpreterParameters& python = profile.interpreters[0];
  EXPECT_EQ(python.version, options.interpreters[0].version);
  expect_measured(python.rates.main, "rates.main");
  expect_measured(python.rates.worker, "rates.worker");
  expect_measured(python.rates.child, "rates.child");
  expect_measured(python.native_held, "native_held");
  if (python.native_released) expect_measured(*python.native_released, "native_released");
  expect_measured(python.thread_start, "thread_start");
  expect_measured(python.submit, "submit");
  expect_measured(python.task, "task");
  const model::WaitCosts& waits = python.waits;
  for (const model::WaitCost* wait :
       {&waits.sleep, &waits.socket, &waits.pipe, &waits.file, &waits.udp}) {
    expect_measured(wait->call, "waits.call");
    expect_measured(wait->cpu, "waits.cpu");
    expect_measured(wait->latency, "waits.latency");
  }
  if (model::has_asyncio(python.version)) {
    ASSERT_TRUE(python.asyncio);
    expect_measured(python.asyncio->create, "asyncio.create");
    expect_measured(python.asyncio->timer_fire, "asyncio.timer_fire");
    expect_measured(python.asyncio->udp.ask, "asyncio.udp.ask");
    expect_measured(python.asyncio->to_thread.submit, "asyncio.to_thread.submit");
    expect_rising(python.asyncio->cold, "asyncio.cold");
  }
  EXPECT_EQ(python.interpreters.has_value(), model::has_isolated_interpreters(python.version));
  expect_pool(python.pools.fork, "fork");
  expect_pool(python.pools.forkserver, "forkserver");
  expect_pool(python.pools.spawn, "spawn");
}

TEST(Calibrate, AStopEndsItAtOnce) {
  CalibrationOptions options = quick();
  StopFlag stop = true;
  options.stop = &stop;
  EXPECT_THROW(calibrate(options), Interrupted);
}

TEST(Calibrate, AStopInTheMiddleEndsIt) {
  CalibrationOptions options = quick();
  StopFlag stop = false;
  options.stop = &stop;
  int probes = 0;
  options.progress = [&](const CalibrationProgress&) {
    if (++probes == 7) stop = true;
  };
  EXPECT_THROW(calibrate(options), Interrupted);
  EXPECT_EQ(probes, 7);
}

TEST(Calibrate, AnInterpreterThatFailsIsNamedWithItsOwnWords) {
  CalibrationOptions options = quick();
  options.interpreters[0].path = "/bin/false";
  try {
    calibrate(options);
    FAIL() << "/bin/false is no interpreter";
  } catch (const HostError& error) {
    EXPECT_EQ(std::string(error.what()),
              "calibrating /bin/false: probe_pools.py failed with exit code 1: it said nothing; "
              "leave this interpreter out");
  }
}

}  // namespace
}  // namespace gilsim::host
