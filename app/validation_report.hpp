// `gilsim validate ... --report PAGE.md`: the page and its pictures, beside it.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/output_file.hpp"
#include "app/report.hpp"
#include "app/run_store.hpp"

namespace gilsim::app {

// Draws the pictures, then writes the page. Throws UsageError, OutputError.
void write_validation_report(OutputFile& page, const Arguments& arguments, const Report& report,
                             const RunStore& store, const std::vector<Study>& studies);

}  // namespace gilsim::app
