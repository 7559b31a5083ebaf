// Reports of a project on the disk: which files, and how they are made.
#pragma once

#include "app/batch/batch.hpp"
#include "app/batch/file_names.hpp"
