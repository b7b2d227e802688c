// The link of real runs (host/python/delay_link.py) is the one that is simulated.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "host/subprocess.hpp"
#include "models/io/shared_device.hpp"
#include "sim/random.hpp"

namespace gilsim::host {
namespace {

constexpr int kTransfers = 300;
constexpr int kServers = 3;

// Reads pairs of time and service from standard input, says who ended when.
const char* const kProgram =
    "import sys\n"
    "sys.path.insert(0, sys.argv[1])\n"
    "from delay_link import Link\n"
    "link = Link(int(sys.argv[2]))\n"
    "def end(last):\n"
    "    while link.next_end() is not None and link.next_end() <= last:\n"
    "        at = link.next_end()\n"
    "        for who in link.ended(at):\n"
    "            print('%d %d' % (who, round(at)))\n"
    "for who, line in enumerate(sys.stdin):\n"
    "    at, service = map(int, line.split())\n"
    "    end(at)\n"
    "    link.begin(at, service, who)\n"
    "end(1 << 60)\n";

TEST(DelayLink, EndsEachTransferWhenTheSimulatedLinkDoes) {
  sim::RandomStream random(3, 0, "transfers");
  model::SharedDevice link(kServers);
  std::vector<double> expected(kTransfers), found(kTransfers, -1);
  const auto end_until = [&](sim::Time last) {
    while (link.next_end() && *link.next_end() <= last) {
      const auto end = static_cast<double>(link.next_end()->since_start().count());
      expected[link.end_next()] = end;
    }
  };
  std::string input;
  sim::Time now;
  for (std::uint64_t i = 0; i < kTransfers; ++i) {
    now = now + sim::Duration::from_seconds(random.exponential() * 0.003);
    const auto service = sim::Duration::from_seconds(random.exponential() * 0.01);
    end_until(now);
    link.begin(now, service, i);
    input +=
        std::to_string(now.since_start().count()) + " " + std::to_string(service.count()) + "\n";
  }
  end_until(sim::Time::max());

  SubprocessOptions options;
  options.input = input;
  const auto result = run_subprocess({"/usr/bin/python3", "-c", kProgram,
                                      GILSIM_SOURCE_DIR "/host/python", std::to_string(kServers)},
                                     options);
  ASSERT_EQ(result.exit_code, 0) << result.error;
  std::istringstream lines(result.output);
  for (std::size_t who = 0; lines >> who;) lines >> found.at(who);
  for (std::size_t i = 0; i < kTransfers; ++i) EXPECT_NEAR(found[i], expected[i], 2000) << i;
}

}  // namespace
}  // namespace gilsim::host
