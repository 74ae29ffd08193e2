#pragma once

#include <stdint.h>

/* What tells a file from all others of its file system, those included that had its number before it was made. */
struct ptflow_file_identity {
    uint64_t number;
    /* When the file was made, in nanoseconds since 1970; 0 where the file system does not keep that. */
    int64_t birth;
};

/* Looks at a path without following a symbolic link at its end. Returns 0, or -1 with errno set. */
int ptflow_identify(const char *path, struct ptflow_file_identity *identity);
