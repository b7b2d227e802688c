// How a Python thread starts another one: the system call, Thread.start()'s own bytecode, then a
// wait until the new thread has run once (Lib/threading.py). So among computing threads each start
// costs about one switch interval.
#pragma once

#include "models/program/world.hpp"

namespace gilsim::model {

// Measured from call to return, Thread.start() holds the creation of the thread and two wake-ups
// (of the new thread and of the caller); what is left is bytecode.
inline sim::Duration bytecode_of_thread_start(World& world) {
  const MachineParameters& machine = world.configuration().machine;
  const sim::Duration rest = world.machine().draw(world.configuration().interpreter.thread_start) -
                             machine.thread_create.median -
                             machine.futex_wake.front().latency.median * 2;
  return std::max(rest, sim::Duration{});
}

// Creates and starts a thread that shares the lock of `parent`, which is charged for it.
inline PythonThread& start_thread_beside(World& world, PythonThread& parent,
                                         const std::string& name, Behaviour& behaviour,
                                         Layout layout = Layout::kWorker) {
  PythonThread& created = world.create_thread(name, world.lock_of(parent), layout, behaviour);
  Machine& machine = world.machine();
  machine.charge(*parent.seat.thread, machine.draw(world.configuration().machine.thread_create));
  world.start(created);
  return created;
}

}  // namespace gilsim::model
