#include "host/run_identity.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "embedded/python_files.hpp"
#include "host/driver_job.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::host {
namespace {

using nlohmann::json;

class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    value_ = (value_ ^ 0x100) * 0x100000001b3u;  // "ab", "c" is not "a", "bc"
  }
  std::string hexadecimal() const {
    std::string digits(16, '0');
    for (std::size_t i = 0; i < 16; ++i) {
      digits[15 - i] = "0123456789abcdef"[(value_ >> (4 * i)) & 15];
    }
    return digits;
  }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

bool is_probe(std::string_view name) { return name.rfind("probe_", 0) == 0; }

}  // namespace

std::string work_identity(const model::Configuration& configuration, std::uint64_t seed) {
  const json job = json::parse(make_driver_job(configuration, seed, 0).text);
  Hash hash;
  for (const char* const key : {"strategy", "workers", "start_method", "chunk_size", "tasks",
                                "steps", "threads", "duration", "switch_interval"}) {
    hash.add(job.contains(key) ? job.at(key).dump() : "");
  }
  hash.add(configuration.interpreter.implementation);
  hash.add(model::written_version(configuration.interpreter.version,
                                  configuration.interpreter.free_threaded));
  hash.add(std::to_string(configuration.machine.cores));
  hash.add(std::to_string(seed));
  return hash.hexadecimal();
}

std::string driver_identity() {
  Hash hash;
  for (const auto& embedded : embedded::python_files()) {
    if (is_probe(embedded.name)) continue;
    hash.add(embedded.name);
    hash.add(embedded.text);
  }
  return hash.hexadecimal();
}

}  // namespace gilsim::host
