// A small stated host profile: figures of readable size, nobody's machine.
#pragma once

#include <string>

namespace gilsim::scenario {

inline const std::string kSampleProfile = R"(profile: 1
description: "stated, for tests"
host: {fingerprint: "", processor: none, kernel: "6.1", libc: "glibc 2.36"}
machine:
  cores: 4
  tick: 4ms
  timer_wake:
    - {idle: 1ms, latency: {median: 30us, low: 20us, high: 60us, samples: 200}}
    - {idle: 10ms, latency: 50us}
  parallel_speed: 0.97
interpreters:
  - version: "3.11.2"
    rates:
      main: {median: 3.8e7, low: 3.7e7, high: 3.9e7, samples: 40}
      worker: 3.6e7
      child: 3.7e+07
    native_released: 2e6
    native_held: 2e8
    thread_start: 60us
    submit: 10us
    task: 5us
    waits:
      sleep: {call: 1us, cpu: 5us, latency: 10us}
      socket: {call: 1us, cpu: 5us, latency: 10us}
      pipe: {call: 1us, cpu: 5us, latency: 10us}
      file: {call: 1us, cpu: 5us, latency: 10us}
      udp: {call: 1us, cpu: 5us, latency: 10us}
    pools:
      fork: {create: 1ms, create_per_worker: 0.7ms, worker_ready: 1ms, chunk: 20us, item: 0.5us, shutdown: 2ms}
      spawn: {create: 1ms, create_per_worker: 0.7ms, worker_ready: 40ms, chunk: 20us, item: 0.5us, shutdown: 2ms}
  - version: "3.1.5"
    rates: {main: 2e7, worker: 2e7, child: 2e7}
    native_released: 2e6
    native_held: 2e8
    thread_start: 60us
    submit: 10us
    task: 5us
    waits:
      sleep: {call: 1us, cpu: 5us, latency: 10us}
      socket: {call: 1us, cpu: 5us, latency: 10us}
      pipe: {call: 1us, cpu: 5us, latency: 10us}
      file: {call: 1us, cpu: 5us, latency: 10us}
      udp: {call: 1us, cpu: 5us, latency: 10us}
    pools: {}
)";

}  // namespace gilsim::scenario
