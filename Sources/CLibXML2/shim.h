#pragma once

/*
 * Debian builds libxml2 with ICU. Its headers then include the system's ICU, which clashes with the one inside
 * Foundation, so any file that sees both modules fails to compile. The struct that this shortens is only used by
 * pointer.
 */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
