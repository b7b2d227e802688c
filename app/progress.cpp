#include "app/progress.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "app/format.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kLineWidth = 79;

std::string clock_text(double seconds) {
  const long long whole = std::llround(seconds);
  if (whole < 60) return std::to_string(whole) + " s";
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" + rest : rest) + " min";
}

}  // namespace

Progress::Progress(Io& io, std::string title, std::size_t total, Plain plain)
    : io_(io), title_(std::move(title)), total_(total), plain_(plain) {}

std::string Progress::time_left(std::size_t done) const {
  const std::chrono::duration<double> elapsed = Clock::now() - start_;
  if (done == 0 || elapsed.count() < 0.5) return "";
  const double left =
      elapsed.count() * static_cast<double>(total_ - done) / static_cast<double>(done);
  return clock_text(left) + " left";
}

void Progress::draw_bar(std::size_t done, const std::string& stage) {
  const std::size_t filled = total_ == 0 ? kBarWidth : kBarWidth * done / total_;
  std::string line = title_ + " [" + std::string(filled, '#') +
                     std::string(kBarWidth - filled, '.') + "] " + std::to_string(done) + "/" +
                     std::to_string(total_);
  const std::string left = time_left(done);
  if (!left.empty()) line += ", " + left;
  if (!stage.empty()) line += "  " + stage;
  if (line.size() > kLineWidth) line.resize(kLineWidth);
  io_.err << "\r" << padded(line, kLineWidth) << std::flush;
  drawn_ = true;
}

void Progress::update(std::size_t done, const std::string& stage) {
  done = std::min(done, total_);
  if (io_.err_is_terminal) {
    const Clock::time_point now = Clock::now();
    const bool changed = stage != last_stage_;
    last_stage_ = stage;
    if (!changed && now - drawn_at_ < std::chrono::milliseconds(100)) return;
    drawn_at_ = now;
    draw_bar(done, stage);
    return;
  }
  if (plain_ == Plain::kSilent || stage.empty() || stage == last_stage_) return;
  last_stage_ = stage;
  io_.err << title_ << ": " << stage;
  const std::string left = time_left(done);
  if (!left.empty()) io_.err << " (" << left << ")";
  io_.err << std::endl;
}

void Progress::finish() {
  if (!drawn_) return;
  io_.err << "\r" << std::string(kLineWidth, ' ') << "\r" << std::flush;
  drawn_ = false;
}

}  // namespace gilsim::app
