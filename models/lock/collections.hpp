// Cyclic garbage collections of one interpreter: one is due after so much bytecode of its threads,
// and takes so long. No bytecode of the interpreter runs meanwhile.
//
// From CPython 3.12 on an allocation only schedules one; the thread makes it at its next check of
// the eval breaker, before it may drop the lock (Python/ceval_gil.c, _Py_HandlePending()). Left
// out: that a pause grows with the number of objects, and generations.
#pragma once

#include <algorithm>

#include "sim/time.hpp"

namespace gilsim::model {

class Collections {
 public:
  Collections() = default;  // none
  Collections(sim::Duration every, sim::Duration pause)
      : every_(every), pause_(pause), until_next_(every) {}

  bool exist() const { return every_ > sim::Duration{}; }
  sim::Duration pause() const { return pause_; }
  bool is_due() const { return exist() && until_next_ <= sim::Duration{}; }
  void made() { until_next_ = every_; }
  void ran(sim::Duration bytecode) { until_next_ -= bytecode; }
  // Of `wanted` what can run before the next one is due, with `threads` running at once.
  sim::Duration before_next(sim::Duration wanted, int threads) const {
    if (!exist()) return wanted;
    return std::clamp(until_next_ / threads, std::min(kShortest, wanted), wanted);
  }

 private:
  static constexpr auto kShortest = sim::Duration::microseconds(1);
  sim::Duration every_;
  sim::Duration pause_;
  sim::Duration until_next_;
};

}  // namespace gilsim::model
