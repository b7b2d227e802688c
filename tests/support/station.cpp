#include "tests/support/station.hpp"

#include <algorithm>

namespace gilsim::test {

void Station::arrive(Customer& customer) {
  customer.arrived = simulator_.now();
  customer.service = service_();
  customer.left = customer.service;
  if (free_servers_ == 0) return line_.push_back(&customer);
  --free_servers_;
  serve(customer);
}

void Station::serve(Customer& customer) {
  customer.slice =
      discipline_ == Discipline::kRoundRobin ? std::min(customer.left, quantum_) : customer.left;
  customer.event.handler = this;
  customer.event.owner = &customer;
  simulator_.schedule(customer.event, simulator_.now() + customer.slice,
                      sim::Priority::kCompletion);
}

Customer& Station::take_next() {
  Customer* next = nullptr;
  if (discipline_ == Discipline::kLifo) {
    next = line_.back();
    line_.pop_back();
  } else {
    next = line_.front();
    line_.pop_front();
  }
  return *next;
}

void Station::handle(sim::Event& event) {
  Customer& customer = *static_cast<Customer*>(event.owner);
  customer.left -= customer.slice;
  const bool done = customer.left == sim::Duration{};
  if (!done) line_.push_back(&customer);
  if (line_.empty()) {
    ++free_servers_;
  } else {
    serve(take_next());
  }
  if (!done) return;
  ++departures_;
  sojourns_ += simulator_.now() - customer.arrived;
  services_ += customer.service;
  departure_(customer);
}

void Station::forget() {
  departures_ = 0;
  sojourns_ = {};
  services_ = {};
}

double Station::mean_sojourn() const {
  return sojourns_.in_seconds() / static_cast<double>(departures_);
}

double Station::mean_wait() const {
  return (sojourns_ - services_).in_seconds() / static_cast<double>(departures_);
}

}  // namespace gilsim::test
