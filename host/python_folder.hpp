// A private temporary folder with the project's Python files. The folder and all that was left in
// it (FIFOs, sockets of a fork server) are removed when this object goes.
#pragma once

#include <string>

namespace gilsim::host {

class PythonFolder {
 public:
  PythonFolder();  // throws HostError
  ~PythonFolder();
  PythonFolder(const PythonFolder&) = delete;
  PythonFolder& operator=(const PythonFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace gilsim::host
