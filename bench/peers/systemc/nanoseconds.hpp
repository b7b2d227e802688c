// SystemC's time in integer nanoseconds.
#pragma once

#include <cstdint>
#include <systemc>

namespace gilsim::bench {

// Once, before anything else of a simulation.
inline void count_in_nanoseconds() { sc_core::sc_set_time_resolution(1, sc_core::SC_NS); }

inline sc_core::sc_time nanoseconds(std::int64_t count) {
  return sc_core::sc_time::from_value(static_cast<sc_core::sc_time::value_type>(count));
}
inline std::int64_t now() { return static_cast<std::int64_t>(sc_core::sc_time_stamp().value()); }

}  // namespace gilsim::bench
