#include "app/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace gilsim::app {
namespace {

TEST(ParallelFor, EveryPieceIsDoneOnceWhateverTheJobs) {
  const host::StopFlag stop{false};
  for (const int jobs : {1, 3, 16}) {
    std::vector<int> slots(100, 0);
    parallel_for(slots.size(), jobs, stop, [&](std::size_t i) { ++slots[i]; });
    EXPECT_EQ(slots, std::vector<int>(100, 1)) << jobs;
  }
  parallel_for(0, 4, stop, [](std::size_t) { FAIL(); });
}

TEST(ParallelFor, AStopLeavesTheRestOut) {
  host::StopFlag stop{false};
  std::atomic<int> done{0};
  parallel_for(1000, 2, stop, [&](std::size_t) {
    if (++done == 10) stop = true;
  });
  EXPECT_GE(done, 10);
  EXPECT_LT(done, 20);
}

TEST(ParallelFor, AnErrorOfAPieceReachesTheCaller) {
  const host::StopFlag stop{false};
  EXPECT_THROW(parallel_for(10, 4, stop,
                            [](std::size_t i) {
                              if (i == 3) throw std::invalid_argument("three");
                            }),
               std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::app
