// libFuzzer's entry to the reader of scenarios.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gilsim::fuzz::read_as_scenario({reinterpret_cast<const char*>(data), size});
  return 0;
}
