// Every model of the interpreter lock, in one table: to choose by version or by name, to list, to
// document.
#pragma once

#include <memory>
#include <span>

#include "models/configuration.hpp"
#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

struct LockModel {
  LockKind kind;
  const char* versions;  // the interpreters it stands for
  const char* meaning;
  const char* file;                              // below the repository's root
  bool (*covers)(const InterpreterParameters&);  // nullptr: no interpreter has it
  std::unique_ptr<InterpreterLock> (*make)(Machine&, const Configuration&);
};

std::span<const LockModel> lock_models();

// The one that the configuration names, else that of its interpreter. Throws std::invalid_argument,
// saying what is covered, when no model fits the interpreter.
const LockModel& lock_model_for(const Configuration& configuration);
// nullptr instead.
const LockModel* find_lock_model(const Configuration& configuration);
// Whether the lock lets one thread at a time run bytecode.
bool excludes(const Configuration& configuration);
// Whether the interpreter really has the configuration's lock, so that a real run can be compared.
bool has_own_lock(const Configuration& configuration);
// From CPython 3.12 on sub-interpreters may have locks of their own (PEP 684).
bool may_have_isolated_interpreters(const InterpreterParameters& interpreter);

}  // namespace gilsim::model
