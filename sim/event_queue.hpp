// The event set: a sorted array of the nearest events in front of a 64-ary radix wheel.
//
// Events are ordered by (time, priority, sequence). The array holds the smallest few; the wheel
// files the rest by the highest 6-bit digit in which their time differs from `base_` (a radix heap,
// Ahuja et al. 1990, with the slots of a hierarchical timing wheel, Varghese and Lauck 1987). An
// event that finds the array empty and precedes the wheel is kept apart, the cheapest place of all.
// Push and cancel are O(1); pop is amortised O(levels), and O(1) while few events are pending.
// Events at one instant beyond the array's size are kept in a list a priority, so heavy ties cost
// O(1) too.
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
    if (!only_ && near_begin_ == near_end_ && time < behind_from_) {
      only_ = &event;
      event.place = kOnly;
    } else {
      push_elsewhere(event);
    }
  }
  // Removes a pending event; leaves nothing behind.
  void cancel(Event& event);
  // The earliest event, no longer pending; nullptr when there is none.
  Event* pop() {
    Event* earliest = only_;
    if (earliest) {
      only_ = nullptr;
    } else {
      if (near_begin_ == near_end_) return pop_behind();
      earliest = near_[--near_end_].event;
    }
    earliest->place = Event::kNowhere;
    return earliest;
  }

  std::size_t size() const { return (only_ ? 1 : 0) + near_size() + behind_; }
  bool empty() const { return size() == 0; }

 private:
  static constexpr std::size_t kNearCapacity = 24;
  static constexpr std::size_t kNearRoom = 64;  // to grow at both ends
  static constexpr std::size_t kNearMiddle = kNearRoom / 2;
  static constexpr int kPriorityShift = 56;
  static constexpr int kBits = 6;
  static constexpr int kSlots = 1 << kBits;
  static constexpr int kLevels = 11;  // 64 bits of time
  static constexpr std::uint32_t kInNear = kLevels * kSlots;
  static constexpr std::uint32_t kInTies = kInNear + 1;  // + priority
  static constexpr std::uint32_t kOnly = kInTies + kPriorities;

  struct Entry {
    Time time;
    std::uint64_t order;
    Event* event;
  };
  struct List {
    Event* head = nullptr;
    Event* tail = nullptr;
  };

  // `other`: an event or an entry.
  template <class Other>
  static bool precedes(const Event& event, const Other& other) {
    return event.time != other.time ? event.time < other.time : event.order < other.order;
  }
  static std::size_t priority_of(const Event& event) {
    return static_cast<std::size_t>(event.order >> kPriorityShift);
  }
  static void append(List& list, Event& event);
  static void prepend(List& list, Event& event);
  static void unlink(List& list, Event& event);

  std::size_t near_size() const { return near_end_ - near_begin_; }
  void push_elsewhere(Event& event) {
    if (only_ && precedes(event, *only_)) return overtake(event);
    if (near_begin_ == near_end_) {
      return precedes_all_behind(event) ? put_alone(event) : push_behind(event);
    }
    if (precedes(event, near_[near_begin_])) return insert_near(event);
    if (behind_ == 0 && near_size() < kNearCapacity) return append_near(event);
    push_behind(event);
  }

  [[gnu::noinline]] void overtake(Event& event);  // only_
  // Whether nothing behind the array lies before it.
  bool precedes_all_behind(const Event& event) {
    return event.time < behind_from_ || (!is_tight_ && precedes_all_slots(event));
  }
  [[gnu::noinline]] bool precedes_all_slots(const Event& event);
  void leave_behind(std::size_t events) {
    behind_ -= events;
    if (behind_ == 0) behind_from_ = Time::max();
  }
  void put_alone(Event& event) {
    near_begin_ = kNearMiddle;
    near_end_ = kNearMiddle + 1;
    put(event, kNearMiddle);
  }
  // After the latest one.
  void append_near(Event& event) {
    if (near_begin_ == 0) centre_near();
    put(event, --near_begin_);
  }
  // Before the latest one.
  void insert_near(Event& event) {
    if (near_end_ == kNearRoom) centre_near();
    std::size_t i = near_end_++;
    for (; !precedes(event, near_[i - 1]); --i) near_[i] = near_[i - 1];
    put(event, i);
    if (near_size() > kNearCapacity) move_latest_behind();
  }
  // Member by member: an Entry built in memory and copied as a whole is read back in wider pieces
  // than it was written, and waits for the writes (a store-forwarding stall; it cost half of a
  // handover).
  void put(Event& event, std::size_t i) {
    near_[i].time = event.time;
    near_[i].order = event.order;
    near_[i].event = &event;
    event.place = kInNear;
  }
  [[gnu::noinline]] void centre_near();
  [[gnu::noinline]] void move_latest_behind();
  [[gnu::noinline]] void push_behind(Event& event);
  Event* pop_behind();
  void file(Event& event, bool in_front);  // into the wheel
  void refill();                           // the array or the ties, from the wheel
  bool fill_near_from(List& list);         // false, and nothing done, when the list is too long
  void fill_ties_from(List& list);
  std::uint32_t enter(Event& event);  // the slot of the wheel that it belongs to
  void cascade(List list, int level, int slot);
  void join_ends(int below);  // those of the levels below
  List& list_at(std::uint32_t place);
  void forget_if_empty(std::uint32_t place);

  Event* only_ = nullptr;  // found the array empty, and precedes all that has come since
  std::array<Entry, kNearRoom> near_;  // in the middle; descending: the earliest is last
  std::size_t near_begin_ = kNearMiddle;
  std::size_t near_end_ = kNearMiddle;
  std::size_t behind_ = 0;          // events in the wheel and the ties
  Time behind_from_ = Time::max();  // none of them lies before it
  bool is_tight_ = false;           // nothing more is known of that without looking at them
  std::size_t ties_size_ = 0;
  std::int64_t ties_time_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t entered_ = 0;  // the slot of the last event filed, and what it spans
  int entered_shift_ = 0;
  std::uint64_t entered_time_ = 0;
  std::uint32_t used_levels_ = 0;
  std::array<std::uint64_t, kLevels> used_slots_{};
  std::array<List, kLevels * kSlots> slots_{};
  std::array<List, kLevels * kSlots> ends_{};  // while a slot is taken apart
  std::array<List, kPriorities> ties_{};
};

}  // namespace gilsim::sim
