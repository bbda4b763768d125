# windows_31j.c: which characters are in windows-31j, as ICU says when sdi is built; asking it at each start takes longer than
# a digest takes to check.
add_executable(windows_31j ${PROJECT_SOURCE_DIR}/cmake/windows_31j.c)
target_link_libraries(windows_31j PRIVATE sdi_ours PkgConfig::ICU)
set(SDI_WINDOWS_31J_C ${PROJECT_BINARY_DIR}/windows_31j.c)
add_custom_command(
  OUTPUT ${SDI_WINDOWS_31J_C}
  COMMAND windows_31j ${SDI_WINDOWS_31J_C}
  COMMENT "Listing the characters of windows-31j"
  VERBATIM)
