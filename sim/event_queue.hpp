// The event set: a sorted array of the nearest events in front of a 64-ary radix wheel.
//
// Events are ordered by (time, priority, sequence). The array holds the smallest few; the wheel
// files the rest by the highest 6-bit digit in which their time differs from `base_` (a radix heap,
// Ahuja et al. 1990, with the slots of a hierarchical timing wheel, Varghese and Lauck 1987). Push
// and cancel are O(1); pop is amortised O(levels), and O(1) while few events are pending. Events at
// one instant beyond the array's size are kept in a list a priority, so heavy ties cost O(1) too.
//
// Events must not lie before the last one popped.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/event.hpp"
#include "sim/priority.hpp"

namespace gilsim::sim {

class EventQueue {
 public:
  EventQueue() = default;
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  // Precondition: not pending, time not before that of the last popped event.
  void push(Event& event, Time time, Priority priority) {
    event.time = time;
    event.order = (static_cast<std::uint64_t>(priority) << kPriorityShift) | sequence_++;
    if (belongs_near(event)) {
      insert_near(event);
    } else {
      push_behind(event);
    }
  }
  // Removes a pending event; leaves nothing behind.
  void cancel(Event& event);
  // The earliest event, no longer pending; nullptr when there is none.
  Event* pop() {
    if (near_size_ == 0) return pop_behind();
    Event* const earliest = near_[--near_size_].event;
    earliest->place = Event::kNowhere;
    return earliest;
  }

  std::size_t size() const { return near_size_ + behind_; }
  bool empty() const { return size() == 0; }

 private:
  static constexpr std::size_t kNearCapacity = 24;
  static constexpr int kPriorityShift = 56;
  static constexpr int kBits = 6;
  static constexpr int kSlots = 1 << kBits;
  static constexpr int kLevels = 11;  // 64 bits of time
  static constexpr std::uint16_t kInNear = kLevels * kSlots;
  static constexpr std::uint16_t kInTies = kInNear + 1;  // + priority

  struct Entry {
    std::int64_t time;
    std::uint64_t order;
    Event* event;
  };
  struct List {
    Event* head = nullptr;
    Event* tail = nullptr;
  };

  static bool precedes(const Event& event, const Entry& entry) {
    const std::int64_t time = event.time.since_start().count();
    return time != entry.time ? time < entry.time : event.order < entry.order;
  }
  static std::size_t priority_of(const Event& event) {
    return static_cast<std::size_t>(event.order >> kPriorityShift);
  }
  static void append(List& list, Event& event);
  static void prepend(List& list, Event& event);
  static void unlink(List& list, Event& event);

  // No event behind the array precedes one that belongs into it.
  bool belongs_near(const Event& event) const {
    if (near_size_ == 0) return behind_ == 0 || precedes_all_behind(event);
    return precedes(event, near_[0]) || (behind_ == 0 && near_size_ < kNearCapacity);
  }
  // Member by member: an Entry built in memory and copied as a whole is read back in wider pieces
  // than it was written, and waits for the writes (a store-forwarding stall; it cost half of a
  // handover).
  void insert_near(Event& event) {
    std::size_t i = near_size_++;
    for (; i > 0 && !precedes(event, near_[i - 1]); --i) near_[i] = near_[i - 1];
    near_[i].time = event.time.since_start().count();
    near_[i].order = event.order;
    near_[i].event = &event;
    event.place = kInNear;
    if (near_size_ > kNearCapacity) move_latest_behind();
  }
  bool precedes_all_behind(const Event& event) const;
  void move_latest_behind();
  void push_behind(Event& event);
  Event* pop_behind();
  void file(Event& event, bool in_front);  // into the wheel
  void refill();                           // the array or the ties, from the wheel
  bool fill_near_from(List& list);         // false, and nothing done, when the list is too long
  void fill_ties_from(List& list);
  std::uint16_t enter(Event& event);  // the slot of the wheel that it belongs to
  void cascade(List list, int level, int slot);
  void join_ends(int below);  // those of the levels below
  List& list_at(std::uint16_t place);
  void forget_if_empty(std::uint16_t place);

  std::array<Entry, kNearCapacity + 1> near_;  // descending: the earliest is last
  std::size_t near_size_ = 0;
  std::size_t behind_ = 0;  // events in the wheel and the ties
  std::size_t ties_size_ = 0;
  std::int64_t ties_time_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t used_levels_ = 0;
  std::array<std::uint64_t, kLevels> used_slots_{};
  std::array<List, kLevels * kSlots> slots_{};
  std::array<List, kLevels * kSlots> ends_{};  // while a slot is taken apart
  std::array<List, kPriorities> ties_{};
};

}  // namespace gilsim::sim
