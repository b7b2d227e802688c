// What a pool of sub-interpreters costs, each with a lock of its own. CPU time of the pool's
// threads.
#pragma once

#include "models/estimate.hpp"

namespace gilsim::model {

struct InterpreterPoolCosts {
  Cost create;   // an interpreter, its imports included: under its own lock
  Cost call;     // each task: what crosses to the interpreter and back
  Cost destroy;  // an interpreter
};

template <class Visitor>
void describe(Visitor& visit, InterpreterPoolCosts& p) {
  visit.field("create", p.create,
              {.meaning = "CPU time to create an interpreter, its imports included",
               .min = 0,
               .required = true});
  visit.field("call", p.call,
              {.meaning = "CPU time of each task to cross to the interpreter and back",
               .min = 0,
               .required = true});
  visit.field("destroy", p.destroy,
              {.meaning = "CPU time to end an interpreter", .min = 0, .required = true});
}

}  // namespace gilsim::model
