// `abode demo`: the main job from end to end, told in lines for a newcomer, against a real server process.
#pragma once

namespace abode::cli {

/// 0 if everything was as told; otherwise 1 at the first thing that was not so. Uses a temporary directory and loopback
/// only, and cleans both up.
int run_demo();

}  // namespace abode::cli
