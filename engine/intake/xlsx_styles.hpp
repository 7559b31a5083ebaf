// The one thing that cells' styles tell the intake: which numbers are dates.
#pragma once

#include <cstddef>
#include <map>
#include <orcus/spreadsheet/import_interface.hpp>
#include <string>
#include <vector>

namespace kaskad::intake {

/// True for number formats that show a date: the built-in ones 14–17 and 22, and codes with a day or a year in them.
bool is_date_format(std::size_t id, std::string_view code);

class DateStyles : public orcus::spreadsheet::iface::import_styles {
 public:
  bool is_date(std::size_t cell_format) const { return cell_format < dates_.size() && dates_[cell_format]; }

  void set_number_format_identifier(std::size_t id) override { format_id_ = id; }
  void set_number_format_code(std::string_view code) override { format_code_ = code; }
  std::size_t commit_number_format() override;
  void set_xf_number_format(std::size_t id) override { cell_format_ = id; }
  std::size_t commit_cell_xf() override;
  std::size_t commit_cell_style_xf() override { return nothing(); }
  std::size_t commit_dxf() override { return nothing(); }

  // What follows is of no concern to the intake.
  using Bytes = orcus::spreadsheet::color_elem_t;
  using Border = orcus::spreadsheet::border_direction_t;
  void set_font_count(std::size_t) override {}
  void set_font_bold(bool) override {}
  void set_font_italic(bool) override {}
  void set_font_name(std::string_view) override {}
  void set_font_size(double) override {}
  void set_font_underline(orcus::spreadsheet::underline_t) override {}
  void set_font_underline_width(orcus::spreadsheet::underline_width_t) override {}
  void set_font_underline_mode(orcus::spreadsheet::underline_mode_t) override {}
  void set_font_underline_type(orcus::spreadsheet::underline_type_t) override {}
  void set_font_underline_color(Bytes, Bytes, Bytes, Bytes) override {}
  void set_font_color(Bytes, Bytes, Bytes, Bytes) override {}
  void set_strikethrough_style(orcus::spreadsheet::strikethrough_style_t) override {}
  void set_strikethrough_type(orcus::spreadsheet::strikethrough_type_t) override {}
  void set_strikethrough_width(orcus::spreadsheet::strikethrough_width_t) override {}
  void set_strikethrough_text(orcus::spreadsheet::strikethrough_text_t) override {}
  std::size_t commit_font() override { return fonts_++; }
  void set_fill_count(std::size_t) override {}
  void set_fill_pattern_type(orcus::spreadsheet::fill_pattern_t) override {}
  void set_fill_fg_color(Bytes, Bytes, Bytes, Bytes) override {}
  void set_fill_bg_color(Bytes, Bytes, Bytes, Bytes) override {}
  std::size_t commit_fill() override { return fills_++; }
  void set_border_count(std::size_t) override {}
  void set_border_style(Border, orcus::spreadsheet::border_style_t) override {}
  void set_border_color(Border, Bytes, Bytes, Bytes, Bytes) override {}
  void set_border_width(Border, double, orcus::length_unit_t) override {}
  std::size_t commit_border() override { return borders_++; }
  void set_cell_hidden(bool) override {}
  void set_cell_locked(bool) override {}
  void set_cell_print_content(bool) override {}
  void set_cell_formula_hidden(bool) override {}
  std::size_t commit_cell_protection() override { return protections_++; }
  void set_number_format_count(std::size_t) override {}
  void set_cell_xf_count(std::size_t) override {}
  void set_cell_style_xf_count(std::size_t) override {}
  void set_dxf_count(std::size_t) override {}
  void set_xf_font(std::size_t) override {}
  void set_xf_fill(std::size_t) override {}
  void set_xf_border(std::size_t) override {}
  void set_xf_protection(std::size_t) override {}
  void set_xf_style_xf(std::size_t) override {}
  void set_xf_apply_alignment(bool) override {}
  void set_xf_horizontal_alignment(orcus::spreadsheet::hor_alignment_t) override {}
  void set_xf_vertical_alignment(orcus::spreadsheet::ver_alignment_t) override {}
  void set_cell_style_count(std::size_t) override {}
  void set_cell_style_name(std::string_view) override {}
  void set_cell_style_xf(std::size_t) override {}
  void set_cell_style_builtin(std::size_t) override {}
  void set_cell_style_parent_name(std::string_view) override {}
  std::size_t commit_cell_style() override { return cell_styles_++; }

 private:
  std::size_t nothing();

  std::size_t format_id_ = 0;
  std::string format_code_;
  std::map<std::size_t, std::string> codes_;
  std::size_t cell_format_ = 0;
  std::vector<bool> dates_;
  std::size_t fonts_ = 0;
  std::size_t fills_ = 0;
  std::size_t borders_ = 0;
  std::size_t protections_ = 0;
  std::size_t cell_styles_ = 0;
  std::size_t others_ = 0;
};

}  // namespace kaskad::intake
