/* The call statx and its structure are GNU extensions, which Swift does not import. */
#define _GNU_SOURCE

#include "CFileIdentity.h"

#include <fcntl.h>
#include <sys/stat.h>

int ptflow_identify(const char *path, struct ptflow_file_identity *identity) {
    struct statx facts;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &facts) != 0) return -1;
    identity->number = facts.stx_ino;
    identity->birth = 0;
    if (facts.stx_mask & STATX_BTIME)
        identity->birth = facts.stx_btime.tv_sec * INT64_C(1000000000) + facts.stx_btime.tv_nsec;
    return 0;
}
