#include "host/trace/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gilsim::trace {
namespace {

constexpr unsigned kBits = 7;
constexpr std::uint64_t kParts = std::uint64_t{1} << kBits;

std::size_t bucket_of(std::uint64_t value) {
  if (value < kParts) return value;
  const auto octave = static_cast<unsigned>(std::bit_width(value)) - kBits - 1;
  return (octave + 1) * kParts + (value >> octave) - kParts;
}

std::uint64_t middle_of(std::size_t bucket) {
  if (bucket < kParts) return bucket;
  const std::uint64_t octave = bucket / kParts - 1;
  const std::uint64_t lowest = (bucket % kParts + kParts) << octave;
  return lowest + ((std::uint64_t{1} << octave) >> 1);
}

}  // namespace

void Histogram::add(std::uint64_t value) {
  const std::size_t bucket = bucket_of(value);
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
  ++count_;
  sum_ += value;
  max_ = std::max(max_, value);
}

std::uint64_t Histogram::quantile(double share) const {
  if (count_ == 0) return 0;
  const double wanted = std::max(1.0, std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (static_cast<double>(seen) >= wanted) return std::min(middle_of(bucket), max_);
  }
  return max_;
}

}  // namespace gilsim::trace
