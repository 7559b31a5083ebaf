#include "reports/pdf/merged_structure.hpp"

#include <fmt/format.h>

#include <qpdf/QPDFNameTreeObjectHelper.hh>
#include <qpdf/QPDFNumberTreeObjectHelper.hh>
#include <stdexcept>

namespace kaskad::reports::pdf {
namespace {

QPDFObjectHandle tree_of(QPDF& part) { return part.getRoot().getKey("/StructTreeRoot"); }

}  // namespace

StructurePlace MergedStructure::place() const {
  // With zeros before it, so that the names of later parts come after those of earlier ones.
  return {next_key_, fmt::format("{:08}-", parts_ + 1)};
}

void MergedStructure::add(QPDF& part, PartCopier& copier) {
  QPDFObjectHandle tree = tree_of(part);
  if (!tree.isDictionary() || !tree.getKey("/K").isDictionary()) throw std::runtime_error("no structure tree");
  copier.name(tree, document_);
  kids_ += copier.text(tree.getKey("/K")) + " ";
  add_parents(part, copier);
  add_names(part, copier);
  ++parts_;
}

void MergedStructure::add_parents(QPDF& part, PartCopier& copier) {
  QPDFObjectHandle tree = tree_of(part);
  long long last = -1;
  for (auto [key, value] : QPDFNumberTreeObjectHelper(tree.getKey("/ParentTree"), part)) {
    parents_ += fmt::format("{} {} ", key + next_key_, copier.text(value));
    last = key;
  }
  QPDFObjectHandle next = tree.getKey("/ParentTreeNextKey");
  next_key_ += next.isInteger() ? next.getIntValue() : last + 1;
}

void MergedStructure::add_names(QPDF& part, PartCopier& copier) {
  QPDFObjectHandle tree = tree_of(part);
  if (!tree.hasKey("/IDTree")) return;
  const std::string start = place().id_start;
  for (auto [id, element] : QPDFNameTreeObjectHelper(tree.getKey("/IDTree"), part))
    names_ += QPDFObjectHandle::newString(start + id).unparse() + " " + copier.text(element) + " ";
}

int MergedStructure::write() {
  to_.write(document_, fmt::format("<< /S /Document /P {} /K [ {}] >>", reference(root_), kids_));
  const std::string ids = names_.empty() ? "" : fmt::format("/IDTree << /Names [ {}] >> ", names_);
  to_.write(root_,
            fmt::format("<< /Type /StructTreeRoot /K {} /ParentTree << /Nums [ {}] >> /ParentTreeNextKey {} {}>>",
                        reference(document_), parents_, next_key_, ids));
  return root_;
}

}  // namespace kaskad::reports::pdf
