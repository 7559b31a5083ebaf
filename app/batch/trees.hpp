// The data that documents are made of.
#pragma once

#include <memory>
#include <mutex>

#include "app/batch/plan.hpp"
#include "reports/content/briefing.hpp"
#include "reports/values/value.hpp"

namespace kaskad::app {

/// Safe from any thread. The region's tree is made when it is first asked for and kept: several reports share it. Those
/// of schools and municipalities are made anew each time.
class Trees {
 public:
  explicit Trees(const reports::Briefing& briefing) : briefing_(briefing) {}
  std::shared_ptr<const reports::Value> of(DataTree tree, std::size_t entity) const;
  std::shared_ptr<const reports::Value> of(const Piece& piece) const;

 private:
  const reports::Briefing& briefing_;
  mutable std::once_flag once_;
  mutable std::shared_ptr<const reports::Value> region_;
};

}  // namespace kaskad::app
