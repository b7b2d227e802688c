#include "sim/huge_pages.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace gilsim::sim {

void prefer_huge_pages(void* memory, std::size_t bytes) {
#ifdef __linux__
  static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));  // refused where the kernel has none
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

}  // namespace gilsim::sim
