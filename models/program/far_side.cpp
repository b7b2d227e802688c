#include "models/program/far_side.hpp"

namespace gilsim::model {

void FarSide::ask(Thread& thread, sim::Duration serve) {
  requests_.push_back({&thread, serve});
  if (!self_) {
    self_ = &machine_.create_outsider(*this);
    machine_.start(*self_);
  } else if (self_->state == ThreadState::kBlocked) {
    machine_.wake_synchronously(*self_);
  }
}

CpuRequest FarSide::next(Thread&) {
  if (serving_) {
    serving_ = false;
    Thread& answered = *requests_.front().from;
    requests_.pop_front();
    asker_.answered(answered);
    return CpuRequest::compute({});  // pays for the wake-up before it looks again
  }
  if (requests_.empty()) return CpuRequest::block();
  serving_ = true;
  return CpuRequest::compute(requests_.front().serve);
}

}  // namespace gilsim::model
