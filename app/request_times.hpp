// When requests from outside came, estimated from a recording in which some were there already when
// the thread came to wait for them. Kaplan and Meier's product-limit estimate (1958), turned round,
// as what was not seen came earlier: without it a late request, which is waited for more often,
// would seem as common among all as it is among those that were waited for.
//
// Left out: that a thread may come late for the same reason as the request does.
#pragma once

#include <cstddef>
#include <vector>

namespace gilsim::app {

// How long after the answer before a request came; or, where it was there already when the thread
// came, how long after at most.
struct Request {
  double time = 0;
  bool is_seen = false;
};

// So many equally likely times, the latest first. Nothing where no request was seen to come.
std::vector<double> likely_times(std::vector<Request> requests, std::size_t count);

}  // namespace gilsim::app
