#include "engine/stats/intervals.hpp"
#include "engine/stats/multiplicity.hpp"
#include "indicators/partner_parts.hpp"

namespace kaskad::partners {
namespace {

/// Completion as a sample of n values whose mean has this standard error.
stats::Sample sample_of(const Estimate& completion) {
  return {completion.n, completion.value, static_cast<double>(completion.n) * completion.se * completion.se};
}

PairedCompletion compare(std::size_t work, std::size_t item, const Estimate& weak, const Estimate& strong) {
  PairedCompletion out;
  out.work = work, out.item = item;
  out.weak = weak, out.strong = strong;
  const Undefined reason = weak.defined() ? strong.reason : weak.reason;
  out.difference = reason == Undefined::none ? stats::welch(sample_of(strong), sample_of(weak))
                                             : undefined(reason, weak.n + strong.n);
  return out;
}

void judge(std::vector<PairedCompletion>& items, double false_discovery) {
  std::vector<double> p;
  for (const PairedCompletion& item : items) p.push_back(item.difference.p);
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].adjusted_p = adjusted[i];
    if (!items[i].difference.defined()) continue;
    const bool shown = adjusted[i] <= false_discovery;
    items[i].lead = !shown ? Lead::unproven : items[i].difference.value > 0 ? Lead::strong : Lead::weak;
  }
}

bool any_wrote(const TaskedWork& work, std::size_t entity) {
  for (const WorkTask& task : work.tasks) {
    if (task.sums[entity].n > 0) return true;
  }
  return false;
}

}  // namespace

void compare_tasks(const Figures& figures, const std::vector<TaskedWork>& works, double false_discovery,
                   SchoolPair& pair) {
  const std::size_t weak = figures.frame.first_school() + pair.weak;
  const std::size_t strong = figures.frame.first_school() + pair.strong;
  for (std::size_t w = 0; w < works.size(); ++w) {
    const TaskedWork& work = works[w];
    if (!any_wrote(work, weak) || !any_wrote(work, strong)) continue;
    for (std::size_t t = 0; t < work.tasks.size(); ++t) {
      const WorkTask& task = work.tasks[t];
      pair.tasks.push_back(
          compare(w, t, completion_of(task, weak, figures.minimum_n), completion_of(task, strong, figures.minimum_n)));
    }
    const std::vector<SkillOfWork> skills = skills_of(work);
    for (std::size_t s = 0; s < skills.size(); ++s)
      pair.skills.push_back(compare(w, s, completion_of(work, skills[s], weak, figures.minimum_n),
                                    completion_of(work, skills[s], strong, figures.minimum_n)));
  }
  judge(pair.tasks, false_discovery);
  judge(pair.skills, false_discovery);
}

}  // namespace kaskad::partners
