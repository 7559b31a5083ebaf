// Names of HarfBuzz and Pango that headers of this room need without their headers. The tag with an underline is
// Pango's.
#pragma once

// NOLINTBEGIN(bugprone-reserved-identifier)
typedef struct _PangoContext PangoContext;
// NOLINTEND(bugprone-reserved-identifier)
typedef struct hb_face_t hb_face_t;
