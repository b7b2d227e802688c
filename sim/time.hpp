// Simulated time: strong 64-bit integer nanoseconds. Durations and points in time are different
// types, so that adding two points does not compile. Range: +-292 years; arithmetic is unchecked.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace gilsim::sim {

class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration nanoseconds(std::int64_t value) { return Duration(value); }
  static constexpr Duration microseconds(std::int64_t value) { return Duration(value * 1'000); }
  static constexpr Duration milliseconds(std::int64_t value) { return Duration(value * 1'000'000); }
  static constexpr Duration seconds(std::int64_t value) { return Duration(value * 1'000'000'000); }
  // Nearest nanosecond; saturates at the ends of the range, NaN becomes 0.
  static constexpr Duration from_seconds(double value) { return from_nanoseconds(value * 1e9); }
  static constexpr Duration from_nanoseconds(double value) {
    if (!(value == value)) return Duration(0);
    if (value >= 9.2e18) return max();
    if (value <= -9.2e18) return Duration(std::numeric_limits<std::int64_t>::min());
    return Duration(static_cast<std::int64_t>(value + (value < 0 ? -0.5 : 0.5)));
  }
  static constexpr Duration max() { return Duration(std::numeric_limits<std::int64_t>::max()); }

  constexpr std::int64_t count() const { return nanoseconds_; }
  constexpr double in_seconds() const { return static_cast<double>(nanoseconds_) * 1e-9; }

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator-() const { return Duration(-nanoseconds_); }
  constexpr Duration operator+(Duration other) const {
    return Duration(nanoseconds_ + other.nanoseconds_);
  }
  constexpr Duration operator-(Duration other) const {
    return Duration(nanoseconds_ - other.nanoseconds_);
  }
  constexpr Duration operator*(std::int64_t factor) const {
    return Duration(nanoseconds_ * factor);
  }
  constexpr Duration operator/(std::int64_t divisor) const {
    return Duration(nanoseconds_ / divisor);
  }
  constexpr Duration& operator+=(Duration other) { return *this = *this + other; }
  constexpr Duration& operator-=(Duration other) { return *this = *this - other; }
  // Rounded to the nearest nanosecond at once: libm and FMA differences must not accumulate.
  constexpr Duration scaled(double factor) const {
    return from_nanoseconds(static_cast<double>(nanoseconds_) * factor);
  }

 private:
  explicit constexpr Duration(std::int64_t value) : nanoseconds_(value) {}
  std::int64_t nanoseconds_ = 0;
};

class Time {
 public:
  constexpr Time() = default;  // the start of the simulation
  static constexpr Time from_start(Duration since_start) { return Time(since_start); }
  static constexpr Time max() { return Time(Duration::max()); }

  constexpr Duration since_start() const { return since_start_; }

  constexpr auto operator<=>(const Time&) const = default;
  constexpr Time operator+(Duration later) const { return Time(since_start_ + later); }
  constexpr Time operator-(Duration earlier) const { return Time(since_start_ - earlier); }
  constexpr Duration operator-(Time other) const { return since_start_ - other.since_start_; }

 private:
  explicit constexpr Time(Duration since_start) : since_start_(since_start) {}
  Duration since_start_;
};

}  // namespace gilsim::sim
