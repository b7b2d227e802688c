// A sweep's NDJSON as a report that `plot` draws: curves over the workers, the cores or the switch
// interval. Left out: sweeps over other keys, whose points those curves would not tell apart.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace gilsim::app {

// Nothing where the text is no NDJSON of a sweep. An incomplete last line is left out. Throws
// UsageError where a line is broken, or a key is varied that no picture has an axis for.
std::optional<nlohmann::json> report_of_sweep(const std::string& text, const std::string& path);

}  // namespace gilsim::app
