// Asks the kernel to back memory with huge pages. A wish: where it is not granted nothing changes
// but the speed.
#pragma once

#include <cstddef>

namespace gilsim::sim {

inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

// `memory` is aligned to kHugePage.
void prefer_huge_pages(void* memory, std::size_t bytes);

}  // namespace gilsim::sim
