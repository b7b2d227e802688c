// Every model of the interpreter lock, in one table: to choose by version, to list, to document.
#pragma once

#include <memory>
#include <span>

#include "models/lock/interpreter_lock.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::model {

struct LockModel {
  const char* name;
  const char* versions;  // the interpreters it stands for
  const char* meaning;
  const char* file;  // below the repository's root
  bool (*covers)(const InterpreterParameters&);
  std::unique_ptr<InterpreterLock> (*make)(Machine&, const InterpreterParameters&,
                                           sim::Duration switch_interval);
};

std::span<const LockModel> lock_models();

// Throws std::invalid_argument, saying what is covered, when no model fits the interpreter.
const LockModel& lock_model_for(const InterpreterParameters& interpreter);

}  // namespace gilsim::model
