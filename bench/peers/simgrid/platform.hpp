// SimGrid: an engine with one host, and its clock in nanoseconds. Actors have small stacks and no
// guard pages, which is its own advice for many of them.
#pragma once

#include <cstdint>
#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

namespace gilsim::bench {

class Platform {
 public:
  Platform() : engine_(&count_, arguments_.data()) {
    simgrid::s4u::NetZone* const zone = simgrid::s4u::create_full_zone("zone");
    host_ = zone->create_host("host", 1e9)->seal();
    zone->seal();
  }

  template <class Code>
  void start(Code code) {
    simgrid::s4u::Actor::create("actor", host_, code);
  }
  void run() { engine_.run(); }

  static double seconds(std::int64_t nanoseconds) {
    return static_cast<double>(nanoseconds) * 1e-9;
  }
  static double now() { return simgrid::s4u::Engine::get_clock() * 1e9; }

 private:
  std::vector<std::string> words_ = {"simgrid", "--log=root.thresh:warning",
                                     "--cfg=contexts/stack-size:16", "--cfg=contexts/guard-size:0"};
  std::vector<char*> arguments_ = pointers();
  int count_ = static_cast<int>(words_.size());
  simgrid::s4u::Engine engine_;
  simgrid::s4u::Host* host_ = nullptr;

  std::vector<char*> pointers() {
    std::vector<char*> result;
    for (std::string& word : words_) result.push_back(word.data());
    result.push_back(nullptr);
    return result;
  }
};

}  // namespace gilsim::bench
