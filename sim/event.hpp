// An event of the future, owned by whoever schedules it (a thread's timer, a core's tick) and
// linked into the event set in place: scheduling and cancelling allocate nothing.
#pragma once

#include <cstdint>

#include "sim/time.hpp"

namespace gilsim::sim {

struct Event;

class EventHandler {
 public:
  virtual void handle(Event& event) = 0;

 protected:
  ~EventHandler() = default;
};

struct Event {
  Event() = default;
  Event(EventHandler& event_handler, std::uint32_t event_kind, std::uint32_t event_subject,
        void* event_owner)
      : handler(&event_handler), owner(event_owner), kind(event_kind), subject(event_subject) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  bool pending() const { return place != kNowhere; }

  EventHandler* handler = nullptr;
  void* owner = nullptr;      // for the handler's use
  std::uint32_t kind = 0;     // what happens; an ingredient of the fingerprint
  std::uint32_t subject = 0;  // to whom; an ingredient of the fingerprint

  // Below: the event set's own.
  static constexpr std::uint32_t kNowhere = 0xffff;
  std::uint32_t place = kNowhere;
  Time time;
  std::uint64_t order = 0;  // priority, then sequence number
  Event* next = nullptr;
  Event* previous = nullptr;
};

}  // namespace gilsim::sim
