#include "gallery.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gilsim::scenario {

std::string source_path(const std::string& path) { return GILSIM_SOURCE_DIR "/" + path; }

std::string text_of(const std::string& full_path) {
  std::ifstream file(full_path, std::ios::binary);
  if (!file) throw std::runtime_error("can't read " + full_path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> gallery_paths() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_path("configs"))) {
    const bool is_profile = entry.path().parent_path().filename() == "hosts";
    if (entry.path().extension() == ".yaml" && !is_profile) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace gilsim::scenario
