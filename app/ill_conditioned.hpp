// A figure of a prediction that a race decides; see conditioning.hpp.
#pragma once

#include <string>

namespace gilsim::app {

struct IllConditioned {
  std::string cause;  // what was moved; or, where nothing was, the whole reason
  std::string metric;
  std::string unit;
  double predicted = 0;  // median of the replications compared; 0: none were
  double at_low = 0;     // with the cause at its 5 % quantile
  double at_high = 0;    // at its 95 % quantile
};

}  // namespace gilsim::app
