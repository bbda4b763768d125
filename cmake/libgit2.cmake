# sdi_libgit2: the archive without what it would need for the network, or else the shared library.
# Sanitizers get the shared one: its leaks are told from ours by the library's name, and so both are tested.
# SDI_GIT2_UNUSED: which of core/source/offline_*.c is then not needed.
pkg_check_modules(GIT2 REQUIRED IMPORTED_TARGET libgit2)
pkg_check_modules(GIT2_NEEDS IMPORTED_TARGET libpcre2-8 zlib)
find_library(GIT2_ARCHIVE libgit2.a HINTS ${GIT2_LIBRARY_DIRS} ${GIT2_LIBDIR})

if(SDI_SANITIZE)
  set(SDI_GIT2_OFFLINE OFF)
endif()
if(GIT2_ARCHIVE AND GIT2_NEEDS_FOUND AND NOT DEFINED SDI_GIT2_OFFLINE)
  set(try ${PROJECT_BINARY_DIR}/try_libgit2)
  file(WRITE ${try}.c "#include <git2.h>
void libgit2_go_offline(void);
int main(void) { libgit2_go_offline(); return git_libgit2_init() < 0; }
")
  try_compile(SDI_GIT2_OFFLINE ${try} SOURCES ${try}.c ${PROJECT_SOURCE_DIR}/core/source/offline_archive.c
    CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${PROJECT_SOURCE_DIR}
    LINK_LIBRARIES ${GIT2_ARCHIVE} PkgConfig::GIT2_NEEDS Threads::Threads)
endif()

add_library(sdi_libgit2 INTERFACE)
if(SDI_GIT2_OFFLINE)
  set(SDI_GIT2_UNUSED core/source/offline_shared.c)
  target_include_directories(sdi_libgit2 SYSTEM INTERFACE ${GIT2_INCLUDE_DIRS})
  target_link_libraries(sdi_libgit2 INTERFACE ${GIT2_ARCHIVE} PkgConfig::GIT2_NEEDS)
else()
  message(STATUS "libgit2 is linked with all of its network")
  set(SDI_GIT2_UNUSED core/source/offline_archive.c)
  target_link_libraries(sdi_libgit2 INTERFACE PkgConfig::GIT2)
endif()
