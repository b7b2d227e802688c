// What the declarations of the models leave to the file format: the spelling of steps and
// distributions, each a mapping with one key. The reader, the writer and the schema go by it.
#pragma once

#include <tuple>
#include <variant>

#include "models/program/distribution.hpp"
#include "models/program/step.hpp"

namespace gilsim::scenario {

// Longest duration where a declaration gives no bound: keeps sums far from the end of the range.
inline constexpr sim::Duration kLongestDuration = sim::Duration::seconds(86'400);
inline constexpr double kMostLoops = 1e12;

template <class T>
struct Alternative {
  using Type = T;
  const char* name;
  const char* meaning;
};

// A constant is written as just its duration.
inline constexpr std::tuple kDistributions{
    Alternative<model::Uniform>{"uniform", "each value between min and max equally likely"},
    Alternative<model::Exponential>{"exponential", "exponential with that mean"},
    Alternative<model::Lognormal>{"lognormal", "lognormal with that mean and variation"},
    Alternative<model::Hyperexponential>{"hyperexponential",
                                         "two exponential phases with balanced means"},
    Alternative<model::Empirical>{"empirical", "a list of samples, each equally likely"},
    Alternative<model::Recorded>{
        "recorded",
        "a list of samples, one after another by task or round; 0ms: that one lacks the step"},
};

inline constexpr std::tuple kSteps{
    Alternative<model::PythonStep>{"python", "bytecode: holds the lock, yields on request"},
    Alternative<model::NativeStep>{"native", "C code: releases the lock, or holds it throughout"},
    Alternative<model::WaitStep>{"wait", "blocks without the lock"},
};

template <class Alternatives, class Function>
void for_each_alternative(const Alternatives& alternatives, Function&& function) {
  std::apply([&](const auto&... alternative) { (function(alternative), ...); }, alternatives);
}

// The long form of each step; the short form is just its time.
template <class Visitor>
void describe(Visitor& visit, model::PythonStep& p) {
  visit.field("time", p.time, {.meaning = "nominal time"});
  visit.field(
      "loops", p.loops,
      {.meaning = "iterations of the countdown loop `while n > 0: n -= 1`, instead of a time",
       .min = 1,
       .max = kMostLoops});
  visit.field("shares", p.shares,
              {.meaning = "name of an object that every step which names it works on: stores into "
                          "one dict"});
}
template <class Visitor>
void describe(Visitor& visit, model::NativeStep& p) {
  visit.field("time", p.time, {.meaning = "nominal time", .required = true});
  visit.field("lock", p.lock, {.meaning = "whether the code releases the lock"});
  visit.field("to_thread", p.to_thread,
              {.meaning = "under asyncio: run by a thread of the default executor, "
                          "not by the loop's own"});
  visit.field("memory", p.memory,
              {.meaning = "GB/s that it moves alone; shared out where the machine has `memory`",
               .min = 0,
               .max = 1e5});
}
template <class Visitor>
void describe(Visitor& visit, model::WaitStep& p) {
  visit.field("time", p.time, {.meaning = "nominal time", .required = true});
  visit.field("via", p.via, {.meaning = "what blocks for real"});
  visit.field("since", p.since,
              {.meaning = "from when the time counts: here, or from the beginning of the thread's "
                          "round, as for what comes from outside, waited for or not"});
  visit.field("to_thread", p.to_thread,
              {.meaning = "under asyncio: blocks a thread of the default executor, instead of "
                          "being awaited"});
  visit.field("device", p.device, {.meaning = "device that serves it, one of `devices`"});
}

}  // namespace gilsim::scenario
