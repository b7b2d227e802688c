#include "models/process/crossing.hpp"

#include <algorithm>
#include <stdexcept>

namespace gilsim::model {
namespace {

constexpr double kMiB = 1024.0 * 1024.0;

Cost scaled(const Cost& cost, double factor) {
  return {cost.median.scaled(factor), cost.low.scaled(factor), cost.high.scaled(factor),
          cost.samples};
}

sim::Duration between(sim::Duration a, sim::Duration b, double share) {
  return a.scaled(1 - share) + b.scaled(share);
}

Cost between(const Cost& a, const Cost& b, double share) {
  return {between(a.median, b.median, share), between(a.low, b.low, share),
          between(a.high, b.high, share), std::min(a.samples, b.samples)};
}

template <class Point, class... Members>
Point at(const std::vector<Point>& curve, std::int64_t bytes, Members... members) {
  if (curve.empty()) throw std::invalid_argument("the profile has no costs of payloads");
  const double size = static_cast<double>(bytes) / kMiB;
  const auto after = std::find_if(curve.begin(), curve.end(),
                                  [&](const Point& point) { return point.size >= size; });
  Point result;
  result.size = size;
  if (after == curve.begin() || after == curve.end()) {
    const Point& nearest = after == curve.end() ? curve.back() : curve.front();
    ((result.*members = scaled(nearest.*members, size / nearest.size)), ...);
    return result;
  }
  const Point& before = *(after - 1);
  const double share = (size - before.size) / (after->size - before.size);
  ((result.*members = between(before.*members, (*after).*members, share)), ...);
  return result;
}

}  // namespace

PayloadCost at_size(const std::vector<PayloadCost>& curve, std::int64_t bytes) {
  return at(curve, bytes, &PayloadCost::pickle, &PayloadCost::unpickle, &PayloadCost::write,
            &PayloadCost::read, &PayloadCost::keep);
}

SharedMemoryCost at_size(const std::vector<SharedMemoryCost>& curve, std::int64_t bytes) {
  return at(curve, bytes, &SharedMemoryCost::create, &SharedMemoryCost::copy_in,
            &SharedMemoryCost::attach, &SharedMemoryCost::touch, &SharedMemoryCost::unlink);
}

Crossing::Pieces Crossing::pieces(Machine& machine, std::int64_t bytes) const {
  Pieces result;
  if (bytes <= Pipe::kAlone) return result;
  result.count = (bytes + Pipe::kPiece - 1) / Pipe::kPiece;
  const PayloadCost whole = at_size(curve_, bytes);
  const double share = 1.0 / static_cast<double>(result.count);
  result.write = machine.draw(whole.write).scaled(share);
  result.read = machine.draw(whole.read).scaled(share);
  result.keep = machine.draw(whole.keep).scaled(share);
  return result;
}

}  // namespace gilsim::model
