// A folder for one test, removed with all that is in it.
#pragma once

#include <filesystem>
#include <string>

namespace gilsim::host {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes an executable shell script; makes the folders on its way.
  std::string script(const std::string& name, const std::string& body) const;

 private:
  std::filesystem::path path_;
};

}  // namespace gilsim::host
