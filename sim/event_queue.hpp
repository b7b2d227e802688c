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
  void push(Event& event, Time time, Priority priority);
  // Removes a pending event; leaves nothing behind.
  void cancel(Event& event);
  // The earliest event, no longer pending; nullptr when there is none.
  Event* pop();

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  static constexpr std::size_t kNearCapacity = 24;
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
  static void append(List& list, Event& event);
  static void prepend(List& list, Event& event);
  static void unlink(List& list, Event& event);

  void insert_near(Event& event);
  void file(Event& event, bool in_front);  // into the wheel
  void refill();                           // the array or the ties, from the wheel
  bool fill_near_from(List& list);         // false, and nothing done, when the list is too long
  void fill_ties_from(List& list);
  void cascade(List list, int level, int slot);
  List& list_at(std::uint16_t place);
  void forget_if_empty(std::uint16_t place);

  std::array<Entry, kNearCapacity + 1> near_;  // descending: the earliest is last
  std::size_t near_size_ = 0;
  std::size_t size_ = 0;
  std::size_t ties_size_ = 0;
  std::int64_t ties_time_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t used_levels_ = 0;
  std::array<std::uint64_t, kLevels> used_slots_{};
  std::array<List, kLevels * kSlots> slots_{};
  std::array<List, kPriorities> ties_{};
};

}  // namespace gilsim::sim
