// The program in-process, folders that vanish, and a host profile with round figures.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/subprocess.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app::test {

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran ran(const std::vector<std::string>& words);
Ran ran(const std::vector<std::string>& words, host::StopFlag& stop);

class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  std::string path(const std::string& name = "") const;
  // Returns the file's path.
  std::string write(const std::string& name, const std::string& text) const;
  std::vector<std::string> names() const;  // of the files in it

 private:
  std::filesystem::path folder_;
};

std::string read_text(const std::string& path);

// Costs of some laptop, one interpreter; of nobody's host unless an identity is given.
model::HostProfile round_profile(const std::string& version = "3.11.2",
                                 const model::HostIdentity& host = {});

// A variable of the environment for as long as the object lives.
class Environment {
 public:
  Environment(std::string name, const std::string& value);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment();

 private:
  std::string name_;
  std::string before_;
  bool was_set_;
};

}  // namespace gilsim::app::test
