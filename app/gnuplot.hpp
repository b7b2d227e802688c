// Runs gnuplot on the scripts of plots/, which the program carries with it. What a picture shows
// reaches its script as a file of assignments, so that no text of a user is ever read as a command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilsim::app {

// Assignments in gnuplot's language, in order. Texts lose control characters but line ends.
class GnuplotParameters {
 public:
  void set(const std::string& name, double value);
  void set(const std::string& name, const std::string& value);
  void set(const std::string& name, const std::vector<double>& values);  // never empty
  void set(const std::string& name, const std::vector<std::string>& values);
  void set_data(const std::string& name, const std::string& rows);  // blocks of numbers
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// A row of a data block; NaN is written as gnuplot's missing value.
std::string data_row(const std::vector<double>& values);

// Throws PlotOutputError.
void write_text(const std::string& path, std::string_view text);

class Gnuplot {
 public:
  // `folder` is for its files, the caller's to remove. Throws GnuplotError where `program` isn't
  // there, PlotOutputError where the folder can't be written.
  Gnuplot(std::string program, std::string folder);

  // Draws `script` ("speedup.gp") into a file of the folder; kind is svg, png or dumb. Returns its
  // path. Throws GnuplotError with what gnuplot said.
  std::string draw(const std::string& script, const GnuplotParameters& parameters,
                   const std::string& name, const std::string& kind) const;

 private:
  std::string program_;
  std::string folder_;
};

}  // namespace gilsim::app
