#include "reports/pdf/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "reports/pdf/typeface.hpp"

namespace kaskad::reports::pdf {
namespace {

struct Release {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcObjectSet* set) const { FcObjectSetDestroy(set); }
  void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

FcChar8* fc_text(const char* text) { return reinterpret_cast<FcChar8*>(const_cast<char*>(text)); }

bool is_font_file(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 3> kEndings = {".ttf", ".otf", ".ttc"};
  return std::find(kEndings.begin(), kEndings.end(), path.extension().string()) != kEndings.end();
}

/// In the order of their names, so that the choice among equal fonts does not depend on the disk.
std::vector<std::string> font_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code problem;
  const auto options = std::filesystem::directory_options::skip_permission_denied;
  for (std::filesystem::recursive_directory_iterator at(folder, options, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (is_font_file(at->path())) files.push_back(at->path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// An empty configuration: no system folders, no rules of the machine, no cache. Fonts are added one by one, because
/// fontconfig wants a cache for folders.
Owned<FcConfig> config_of(const std::vector<std::string>& folders) {
  Owned<FcConfig> config(FcConfigCreate());
  for (const std::string& folder : folders) {
    for (const std::string& file : font_files(folder)) {
      if (can_be_embedded(file)) FcConfigAppFontAddFile(config.get(), fc_text(file.c_str()));
    }
  }
  return config;
}

bool has_family(FcConfig* config, const char* family) {
  const Owned<FcPattern> pattern(FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, nullptr));
  const Owned<FcObjectSet> wanted(FcObjectSetBuild(FC_FAMILY, FC_FILE, nullptr));
  const Owned<FcFontSet> found(FcFontList(config, pattern.get(), wanted.get()));
  return found != nullptr && found->nfont > 0;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

Owned<PangoContext> context_of(PangoFontMap* map) {
  Owned<PangoContext> context(pango_font_map_create_context(map));
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_cairo_context_set_resolution(context.get(), 72);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(context.get(), pango_language_from_string("ru"));
  return context;
}

}  // namespace

struct FontBook::Parts {
  Typefaces families;
  Owned<FcConfig> config;
  Owned<PangoFontMap> map;
  Owned<PangoContext> context;
};

FontBook::FontBook(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FontBook::FontBook(FontBook&&) noexcept = default;
FontBook& FontBook::operator=(FontBook&&) noexcept = default;
FontBook::~FontBook() = default;

PangoContext* FontBook::context() const { return parts_->context.get(); }

const std::string& FontBook::family(Family family) const {
  return family == Family::serif ? parts_->families.text : parts_->families.heads;
}

Expected<FontBook> FontBook::make(const std::vector<std::string>& folders, const Typefaces& families) {
  auto parts = std::make_unique<Parts>();
  parts->families = families;
  parts->config = config_of(folders);
  for (const std::string& family : {families.text, families.heads}) {
    if (!has_family(parts->config.get(), family.c_str()))
      return failure("fonts-missing", {{"family", family}, {"folders", joined(folders)}});
  }
  parts->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(parts->map.get()), parts->config.get());
  parts->context = context_of(parts->map.get());
  return FontBook(std::move(parts));
}

}  // namespace kaskad::reports::pdf
