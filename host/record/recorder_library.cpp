#include "host/record/recorder_library.hpp"

#include <filesystem>

#include "host/host_error.hpp"

namespace gilsim::host {

namespace fs = std::filesystem;

std::string find_recorder() {
  std::error_code ignored;
  const fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  const fs::path places[] = {folder / "host", folder, folder / "../host", folder / "../lib/gilsim"};
  for (const fs::path& place : places) {
    const fs::path library = place / "libgilsim-record.so";
    if (!fs::exists(library, ignored)) continue;
    const std::string path = fs::canonical(library);
    if (path.find_first_of(" :") == std::string::npos) return path;
    throw HostError("the loader can't take in '" + path +
                    "': blanks and colons in the path; build in another folder");
  }
  throw HostError("libgilsim-record.so is neither in " + places[0].string() + " nor in " +
                  places[1].string() + "; build it: ninja gilsim-record");
}

}  // namespace gilsim::host
