// Other processes of the machine that compute beside the run: threads with a duty.
#pragma once

#include "models/parameter.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

struct BackgroundParameters {
  int threads = 1;
  double duty = 1;
  sim::Duration burst = sim::Duration::milliseconds(10);
};

template <class Visitor>
void describe(Visitor& visit, BackgroundParameters& p) {
  visit.field("threads", p.threads,
              {.meaning = "threads of other processes, outside of any quota",
               .min = 1,
               .max = 4096,
               .required = true});
  visit.field("duty", p.duty,
              {.meaning = "share of the time that each wants a core", .min = 0.001, .max = 1});
  visit.field("burst", p.burst,
              {.meaning = "mean CPU time from one pause to the next (exponential), where duty < 1",
               .min = 1e3,
               .max = 1e12});
}

}  // namespace gilsim::model
