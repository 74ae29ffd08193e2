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

/* How many bytes of its input a parser has read. libxml2 2.14 has another function for it than the versions before. */
static inline long ptflow_bytes_read(xmlParserCtxtPtr parser) {
#if LIBXML_VERSION >= 21400
    unsigned long bytes = 0;
    return xmlCtxtGetInputPosition(parser, 0, NULL, NULL, NULL, &bytes) == 0 ? (long)bytes : -1;
#else
    return xmlByteConsumed(parser);
#endif
}
