// Parallel loops whose results do not depend on the number of threads: work is named by index, results land by index.
#pragma once

#include <cstddef>
#include <functional>

namespace kaskad {

/// Calls body(i) once for each i in [0, count), on up to `threads` threads, taking indexes in rising order.
/// The first exception (by index) is rethrown after all workers have stopped.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body);

}  // namespace kaskad
