// A ProcessPoolExecutor message by message, with its threads (process_executor.cpp).
#pragma once

#include "models/program/strategy.hpp"

namespace gilsim::model {

// Throws std::invalid_argument where the profile lacks the costs of it.
std::unique_ptr<Layer> make_process_executor(const Configuration& configuration, TaskTimes times);

}  // namespace gilsim::model
