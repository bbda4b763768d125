# How C is compiled. `sdi_ours` carries what holds for our own code and not for third-party sources.

option(SDI_FUZZ "Build the fuzz targets with libFuzzer (needs clang)" OFF)
option(SDI_COVERAGE "Count which lines run (script/coverage)" OFF)
set(SDI_SANITIZE "" CACHE STRING "Sanitizers for everything that is built here, as in -fsanitize=")

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_definitions(_GNU_SOURCE)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# Asserts stay in a release (no NDEBUG): where the parser is wrong about hostile input it must stop, not go on.
set(CMAKE_C_FLAGS_RELEASE "-O3")
set(CMAKE_C_FLAGS_DEBUG "-Og -g")

add_library(sdi_ours INTERFACE)
target_include_directories(sdi_ours INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(sdi_ours INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Werror)

if(SDI_SANITIZE)
  set(CMAKE_C_FLAGS_DEBUG "-O1 -g")
  add_compile_options(-fsanitize=${SDI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SDI_SANITIZE} -fno-sanitize-recover=all)
endif()

if(SDI_COVERAGE)
  set(CMAKE_C_FLAGS_DEBUG "-Og -g -fno-inline")
  target_compile_options(sdi_ours INTERFACE --coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(fortify 2)
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND CMAKE_C_COMPILER_VERSION VERSION_GREATER_EQUAL 12)
    set(fortify 3)
  endif()
  # The same program wherever it is built, and nobody's folders in it.
  add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
  add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${fortify})
  add_link_options(-Wl,-z,relro,-z,now)

  if(NOT SDI_PROFILE_INTO) # whose program is used once
    include(CheckIPOSupported)
    check_ipo_supported(RESULT SDI_LTO OUTPUT lto_why LANGUAGES C)
  endif()
  if(SDI_LTO)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
      # Machine code beside LTO's: the many test programs link without LTO (cmake/tests.cmake), hence quickly.
      add_compile_options(-ffat-lto-objects)
    endif()
  elseif(lto_why)
    message(STATUS "No link-time optimisation: ${lto_why}")
  endif()
endif()
