// What the leak sanitizer leaves out in every test program.

// fontconfig 2.14 loses a few bytes of the patterns it makes for itself, in whatever room a page is drawn.
extern "C" char const* __lsan_default_suppressions();  // NOLINT: the sanitizer asks by this name
extern "C" char const* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}
