#include "host/this_host.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include "host/calibrate.hpp"

namespace gilsim::host {
namespace {

std::string first_line(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The value of the first `key : value` line of /proc/cpuinfo whose key is `key`.
std::string cpuinfo(const std::string& key) {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || line.compare(0, key.size(), key) != 0) continue;
    const std::size_t start = line.find_first_not_of(" \t", colon + 1);
    return start == std::string::npos ? "" : line.substr(start);
  }
  return "";
}

// x86 spells the model out; ARM gives numbers of implementer and part.
std::string processor_model(const utsname& system) {
  std::string model = cpuinfo("model name");
  if (!model.empty()) return model;
  const std::string part = cpuinfo("CPU part");
  if (part.empty()) return system.machine;
  return std::string(system.machine) + " implementer " + cpuinfo("CPU implementer") + " part " +
         part;
}

std::string libc_version() {
#ifdef __GLIBC__
  return std::string("glibc ") + gnu_get_libc_version();
#else
  return "unknown";
#endif
}

}  // namespace

std::string fingerprint_of(const HostTraits& traits) {
  const std::string text = traits.processor + '\n' + std::to_string(traits.online_cores) + '\n' +
                           traits.kernel + '\n' + traits.machine_id;
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  std::string digits(16, '0');
  for (std::size_t i = 0; i < 16; ++i) digits[15 - i] = "0123456789abcdef"[(hash >> (4 * i)) & 15];
  return digits;
}

HostTraits this_hosts_traits() {
  utsname system{};
  uname(&system);
  HostTraits traits;
  traits.processor = processor_model(system);
  traits.online_cores = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
  traits.kernel = system.release;
  traits.machine_id = first_line("/etc/machine-id");
  if (traits.machine_id.empty()) traits.machine_id = first_line("/var/lib/dbus/machine-id");
  return traits;
}

model::HostIdentity this_host() {
  const HostTraits traits = this_hosts_traits();
  return {fingerprint_of(traits), traits.processor, traits.kernel, libc_version()};
}

}  // namespace gilsim::host
