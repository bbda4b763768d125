# What `cmake --install` puts where, and the package of Debian (script/package).
include(GNUInstallDirs)

set(SDI_MAINTAINER "the sdi authors <authors@sdi.invalid>" CACHE STRING "Whom the package names as its maintainer")
set(SDI_ZSH_DIR "" CACHE STRING "Where zsh looks for completions, below the prefix, if not where it usually does")
mark_as_advanced(SDI_MAINTAINER SDI_ZSH_DIR)

install(TARGETS sdi)
install(FILES README.md README.ja.md CHANGELOG.md CONTRIBUTING.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs templates DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES hooks/gitlab-ci.yml DESTINATION ${CMAKE_INSTALL_DOCDIR}/hooks)

# Manual pages and completions are printed by sdi itself. One that cannot run here prints none.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "No manual pages and completions: sdi is built for another machine")
else()
  set(share ${PROJECT_BINARY_DIR}/share)
  add_custom_command(
    OUTPUT ${share}/printed
    COMMAND ${CMAKE_COMMAND} -E env SDI=$<TARGET_FILE:sdi> SDI_VERSION=${PROJECT_VERSION} SDI_DATE=${SDI_DATE}
            "SDI_MAINTAINER=${SDI_MAINTAINER}" sh ${PROJECT_SOURCE_DIR}/cmake/share.sh ${share}
    DEPENDS sdi ${PROJECT_SOURCE_DIR}/cmake/share.sh ${PROJECT_SOURCE_DIR}/LICENSE
    COMMENT "Printing manual pages and completions"
    VERBATIM)
  # Sanitizers do not work everywhere where they compile: such an sdi is run by tests alone.
  if(NOT SDI_SANITIZE)
    set(always ALL)
  endif()
  add_custom_target(share ${always} DEPENDS ${share}/printed)
  install(DIRECTORY ${share}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
  install(DIRECTORY ${share}/doc/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(DIRECTORY ${share}/bash-completion ${share}/fish DESTINATION ${CMAKE_INSTALL_DATADIR})
  if(SDI_ZSH_DIR)
    install(FILES ${share}/zsh/_sdi DESTINATION ${SDI_ZSH_DIR})
  else()
    install(CODE "
      set(folder site-functions)
      # Debian's zsh reads vendor-completions in /usr, and only there.
      if(EXISTS /etc/debian_version AND CMAKE_INSTALL_PREFIX MATCHES \"/usr$\")
        set(folder vendor-completions)
      endif()
      file(INSTALL \"${share}/zsh/_sdi\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/share/zsh/\${folder}\")")
  endif()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT ${SDI_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded by the runs that need them: links, and pages that are fetched. git is asked where libgit2 cannot read a repository.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "git, libcurl4, libxml2, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, man-db")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "scaffolds, lints and fixes daily security digests")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A daily security digest is a dated Markdown file, in Japanese, kept in a git
repository. sdi starts the day's file from a template, says, with line and
column, where a digest does not keep to it, and puts right what can be put
right without changing what it says: by hand, in git's pre-commit hook, and
for pull requests. Messages and manual pages are in English and Japanese.
.
日刊セキュリティダイジェストの作成、検査、修正を行います。")
include(CPack)
