// A multiprocessing.Pool message by message, with its handler threads (handled_pool.cpp).
#pragma once

#include "models/program/strategy.hpp"

namespace gilsim::model {

// The profile must have the costs of messages.
std::unique_ptr<Layer> make_handled_pool(const Configuration& configuration, TaskTimes times);

}  // namespace gilsim::model
