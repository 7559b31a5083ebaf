// One lambda a type for std::visit.
#pragma once

namespace kaskad::reports::pdf {

template <class... Fs>
struct Cases : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Cases(Fs...) -> Cases<Fs...>;

}  // namespace kaskad::reports::pdf
