#include "analysis/bounds.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

std::map<Resource, double> by_resource(const BatchDemands& demands) {
  std::map<Resource, double> times;
  for (const Bound& bound : bounds_of(demands)) times[bound.resource] = bound.time;
  return times;
}

BatchDemands ten_tasks() {
  BatchDemands demands;
  demands.computing = 60;
  demands.blocking = 40;
  demands.longest_task = 10;
  demands.cores = 2;
  demands.workers = 4;
  return demands;
}

TEST(Bounds, OfWorkAndSpan) {
  const auto times = by_resource(ten_tasks());
  EXPECT_EQ(times.at(Resource::kCores), 30);
  EXPECT_EQ(times.at(Resource::kWorkers), 25);
  EXPECT_EQ(times.at(Resource::kTask), 10);
}

TEST(Bounds, TheLargestComesFirst) {
  BatchDemands demands = ten_tasks();
  EXPECT_EQ(bounds_of(demands).front().resource, Resource::kCores);
  demands.locked = 50;
  EXPECT_EQ(bounds_of(demands).front().resource, Resource::kLock);
  demands.memory = 51;
  EXPECT_EQ(bounds_of(demands).front().resource, Resource::kMemory);
}

TEST(Bounds, WhatIsNotDemandedLimitsNothing) {
  const auto times = by_resource(ten_tasks());
  for (const Resource absent : {Resource::kLock, Resource::kQuota, Resource::kMemory,
                                Resource::kTurns, Resource::kDispatch, Resource::kStart}) {
    EXPECT_EQ(times.count(absent), 0U);
  }
}

TEST(Bounds, AQuotaIsAsGoodAsSoManyCores) {
  BatchDemands demands = ten_tasks();
  demands.cores = 16;
  demands.quota = 1.5;
  EXPECT_EQ(by_resource(demands).at(Resource::kQuota), 40);
  demands.at_once = 15;
  EXPECT_EQ(by_resource(demands).at(Resource::kQuota), 30);
}

TEST(Bounds, EqualPiecesAreDoneInWholeTurns) {
  BatchDemands demands = ten_tasks();
  demands.pieces = 10;  // of 10 each, on 4 workers: three turns
  EXPECT_EQ(by_resource(demands).at(Resource::kTurns), 30);
  demands.pieces = 8;  // of 12.5: two
  EXPECT_EQ(by_resource(demands).at(Resource::kTurns), 25);
}

TEST(Bounds, WhatIsNotTheWorkersWorkIsOfTheCoresOnly) {
  BatchDemands demands = ten_tasks();
  demands.outside = 20;
  EXPECT_EQ(by_resource(demands).at(Resource::kCores), 30);
  EXPECT_EQ(by_resource(demands).at(Resource::kWorkers), 20);
  demands.pickling = 31;
  EXPECT_EQ(bounds_of(demands).front().resource, Resource::kPickling);
  demands.parent = 33;
  EXPECT_EQ(bounds_of(demands).front().resource, Resource::kParent);
  demands.outside = 61;
  EXPECT_THROW(bounds_of(demands), std::invalid_argument);
}

TEST(Bounds, RefuseWhatIsNoDemand) {
  BatchDemands demands = ten_tasks();
  demands.blocking = -1;
  EXPECT_THROW(bounds_of(demands), std::invalid_argument);
  demands.blocking = std::numeric_limits<double>::infinity();
  EXPECT_THROW(bounds_of(demands), std::invalid_argument);
  demands = ten_tasks();
  demands.workers = 0;
  EXPECT_THROW(bounds_of(demands), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
