// What is done and how long the rest takes, on standard error: a bar that is redrawn on a terminal,
// a plain line for each stage elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "app/io.hpp"

namespace gilsim::app {

class Progress {
 public:
  enum class Plain { kLines, kSilent };  // off a terminal

  Progress(Io& io, std::string title, std::size_t total, Plain plain);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { finish(); }

  void set_total(std::size_t total) { total_ = total; }
  // `stage` names what is being done now; a plain line is written when it changes.
  void update(std::size_t done, const std::string& stage = "");
  void finish();  // clears the bar

 private:
  using Clock = std::chrono::steady_clock;

  std::string time_left(std::size_t done) const;
  void draw_bar(std::size_t done, const std::string& stage);

  Io& io_;
  std::string title_;
  std::size_t total_;
  Plain plain_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_at_ = start_;
  std::string last_stage_;
  bool drawn_ = false;
};

}  // namespace gilsim::app
