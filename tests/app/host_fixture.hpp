// Commands on a scenario, with a host of round figures.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app::test {

class HostFixture : public testing::Test {
 protected:
  std::vector<std::string> words(const std::string& command, const std::string& file,
                                 const std::vector<std::string>& more) const {
    std::vector<std::string> all = {command, file, "--host", host_};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  // A thread that computes beside one that sleeps 1 ms at a time; the file's path.
  std::string write_convoy(const std::string& duration) const {
    return folder_.write("convoy.yaml",
                         "question: Who waits?\n"
                         "threads:\n"
                         "  cpu: {program: [{python: 1ms}]}\n"
                         "  sleeper: {program: [{wait: 1ms}]}\n"
                         "duration: " +
                             duration + "\n");
  }

  TemporaryFolder folder_;
  std::string host_ = folder_.write("host.yaml", scenario::print_host_profile(round_profile()));
};

}  // namespace gilsim::app::test
