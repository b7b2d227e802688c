// Inside of what_if.cpp and what_if_pools.cpp: changes as they are collected.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/what_if.hpp"

namespace gilsim::app {

class Changes {
 public:
  explicit Changes(const scenario::Point& point) : from_(point) {}

  template <class Edit>
  void add(Change::Kind kind, const std::string& what, const std::string& family, Edit edit) {
    Change change{kind, what, family, from_};
    edit(change.point);
    all_.push_back(std::move(change));
  }
  std::vector<Change> take() { return std::move(all_); }

 private:
  const scenario::Point& from_;
  std::vector<Change> all_;
};

// Of a batch: strategies and workers, chunk sizes, patterns, start methods, payloads, parcels.
void add_pool_changes(Changes& changes, const model::Configuration& configuration);

}  // namespace gilsim::app
