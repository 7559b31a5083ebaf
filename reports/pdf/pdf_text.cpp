#include "reports/pdf/pdf_text.hpp"

#include <qpdf/QPDFObjectHandle.hh>

namespace kaskad::reports::pdf {

std::string text_string(const std::string& text) { return QPDFObjectHandle::newUnicodeString(text).unparse(); }

}  // namespace kaskad::reports::pdf
