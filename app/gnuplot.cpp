#include "app/gnuplot.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/plot.hpp"
#include "embedded/plots.hpp"
#include "host/host_error.hpp"
#include "host/subprocess.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(12);
  text << value;
  // Without a point gnuplot would divide integers as integers.
  const std::string digits = text.str();
  return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

// Single quotes know no escapes but the doubled quote; a line end is joined on in double quotes.
std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'') {
      text += "''";
    } else if (c == '\n') {
      text += "'.\"\\n\".'";
    } else if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') {
      text += c;
    }
  }
  return text + "'";
}

template <class T, class Spell>
std::string array(const std::string& name, const std::vector<T>& values, Spell spell) {
  std::string text = "array " + name + "[" + std::to_string(values.size()) + "]\n";
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += name + "[" + std::to_string(i + 1) + "] = " + spell(values[i]) + "\n";
  }
  return text;
}

bool is_there(const std::string& program) {
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace

void GnuplotParameters::set(const std::string& name, double value) {
  text_ += name + " = " + number(value) + "\n";
}

void GnuplotParameters::set(const std::string& name, const std::string& value) {
  text_ += name + " = " + quoted(value) + "\n";
}

void GnuplotParameters::set(const std::string& name, const std::vector<double>& values) {
  text_ += array(name, values, number);
}

void GnuplotParameters::set(const std::string& name, const std::vector<std::string>& values) {
  text_ += array(name, values, quoted);
}

void GnuplotParameters::set_data(const std::string& name, const std::string& rows) {
  text_ += "$" + name + " << END_OF_DATA\n" + rows + "END_OF_DATA\n";
}

void write_text(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw PlotOutputError("can't write '" + path + "'");
}

std::string data_row(const std::vector<double>& values) {
  std::string row;
  for (const double value : values) row += (row.empty() ? "" : " ") + number(value);
  return row + "\n";
}

Gnuplot::Gnuplot(std::string program, std::string folder)
    : program_(std::move(program)), folder_(std::move(folder)) {
  if (!is_there(program_)) {
    throw GnuplotError("can't draw: the program '" + program_ +
                       "' isn't there; install it with `apt-get install gnuplot-nox`");
  }
  for (const embedded::File& script : embedded::plots()) {
    write_text((fs::path(folder_) / script.name).string(), script.text);
  }
}

std::string Gnuplot::draw(const std::string& script, const GnuplotParameters& parameters,
                          const std::string& name, const std::string& kind) const {
  const fs::path folder = folder_;
  const fs::path parameter_file = folder / (name + ".parameters.gp");
  const fs::path picture = folder / (name + "." + (kind == "dumb" ? "txt" : kind));
  write_text(parameter_file.string(), parameters.text());

  // -d: no start-up files, whose settings would change the picture.
  const std::vector<std::string> command = {
      program_,         "-d", "-c", folder / script, folder / "common.gp", parameter_file,
      picture.string(), kind};
  host::SubprocessOptions options;
  options.timeout = sim::Duration::seconds(60);
  host::SubprocessResult result;
  try {
    result = host::run_subprocess(command, options);
  } catch (const host::HostError& error) {
    throw GnuplotError(std::string("can't draw: ") + error.what());
  }
  if (result.exit_code != 0 || !fs::exists(picture) || fs::file_size(picture) == 0) {
    throw GnuplotError("can't draw: '" + program_ + "' failed on " + name + "." + kind +
                       " (exit code " + std::to_string(result.exit_code) + "); it said:\n" +
                       (result.error.empty() ? "nothing" : result.error));
  }
  return picture;
}

}  // namespace gilsim::app
