// Names of cairo and Pango that headers of this room need without their headers. The underlined tags are theirs.
#pragma once

// NOLINTBEGIN(bugprone-reserved-identifier)
typedef struct _PangoContext PangoContext;
typedef struct _cairo cairo_t;
typedef struct _cairo_scaled_font cairo_scaled_font_t;
typedef struct _cairo_surface cairo_surface_t;
// NOLINTEND(bugprone-reserved-identifier)
