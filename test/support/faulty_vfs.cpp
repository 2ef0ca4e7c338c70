#include "support/faulty_vfs.hpp"

#include <sqlite3.h>

#include <fstream>
#include <memory>
#include <thread>

#include "base/assert.hpp"

namespace abode::test {

/// As SQLite lays it out: our part, and behind it the real file.
struct FaultyVfs::File : sqlite3_file {
  FaultyVfs* vfs;
  std::unique_ptr<std::string> path;  // null for temporary files
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

struct FaultyVfs::Calls {
  static FaultyVfs& self(sqlite3_vfs* vfs) { return *static_cast<FaultyVfs*>(vfs->pAppData); }
  static sqlite3_vfs* real(sqlite3_vfs* vfs) { return self(vfs).real_; }
  static File& self(sqlite3_file* file) { return *static_cast<File*>(file); }
  static sqlite3_file* real(sqlite3_file* file) { return self(file).real(); }

  static std::optional<int> refusal(File& file, Operation operation) {
    return file.path ? file.vfs->refusal(*file.path, operation) : std::nullopt;
  }

  // Files

  static int close(sqlite3_file* file) {
    int const code = real(file)->pMethods->xClose(real(file));
    std::destroy_at(&self(file));
    return code;
  }
  static int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return real(file)->pMethods->xRead(real(file), to, size, at);
  }
  static int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 at) {
    File& our = self(file);
    if (auto const code = refusal(our, Operation::write)) return *code;
    return real(file)->pMethods->xWrite(real(file), from, size, at);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    File& our = self(file);
    if (auto const code = refusal(our, Operation::truncate)) return *code;
    return real(file)->pMethods->xTruncate(real(file), size);
  }
  static int sync(sqlite3_file* file, int flags) {
    File& our = self(file);
    if (auto const refused = refusal(our, Operation::sync)) return *refused;
    int const code = real(file)->pMethods->xSync(real(file), flags);
    if (code == SQLITE_OK && our.path) keep_synced(our);
    return code;
  }
  static void keep_synced(File& file) {
    sqlite3_file* const real_file = file.real();
    sqlite3_int64 size = 0;
    real_file->pMethods->xFileSize(real_file, &size);
    base::Bytes content(static_cast<std::size_t>(size));
    if (size > 0) real_file->pMethods->xRead(real_file, content.data(), static_cast<int>(size), 0);
    std::lock_guard const lock{file.vfs->mutex_};
    file.vfs->synced_[*file.path] = std::move(content);
  }
  static int size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
  static int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
  static int unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
  static int is_locked(sqlite3_file* file, int* answer) {
    return real(file)->pMethods->xCheckReservedLock(real(file), answer);
  }
  static int control(sqlite3_file* file, int what, void* with) {
    return real(file)->pMethods->xFileControl(real(file), what, with);
  }
  static int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
  static int characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
  static int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
  }
  static int lock_shared(sqlite3_file* file, int at, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), at, count, flags);
  }
  static void shared_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
  static int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
  }

  static constexpr int with_shared_memory = 2;  // version of sqlite3_io_methods; 3 would add memory-mapped reading
  static constexpr sqlite3_io_methods file_calls{with_shared_memory,
                                                 close,
                                                 read,
                                                 write,
                                                 truncate,
                                                 sync,
                                                 size,
                                                 lock,
                                                 unlock,
                                                 is_locked,
                                                 control,
                                                 sector_size,
                                                 characteristics,
                                                 map_shared,
                                                 lock_shared,
                                                 shared_barrier,
                                                 unmap_shared,
                                                 nullptr,
                                                 nullptr};

  // File system

  static int open(sqlite3_vfs* vfs, char const* name, sqlite3_file* file, int flags, int* out_flags) {
    File* const our = std::construct_at(static_cast<File*>(file));
    our->vfs = &self(vfs);
    int const code = real(vfs)->xOpen(real(vfs), name, our->real(), flags, out_flags);
    if (our->real()->pMethods == nullptr) return code;
    our->pMethods = &file_calls;
    if (name != nullptr) our->path = std::make_unique<std::string>(name);
    return code;
  }
  static int remove(sqlite3_vfs* vfs, char const* name, int sync_directory) {
    {
      std::lock_guard const lock{self(vfs).mutex_};
      self(vfs).synced_.erase(name);
    }
    return real(vfs)->xDelete(real(vfs), name, sync_directory);
  }
  static int access(sqlite3_vfs* vfs, char const* name, int flags, int* answer) {
    return real(vfs)->xAccess(real(vfs), name, flags, answer);
  }
  static int full_path(sqlite3_vfs* vfs, char const* name, int size, char* out) {
    return real(vfs)->xFullPathname(real(vfs), name, size, out);
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* out) { return real(vfs)->xRandomness(real(vfs), size, out); }
  static int sleep(sqlite3_vfs* vfs, int microseconds) { return real(vfs)->xSleep(real(vfs), microseconds); }
  static int last_error(sqlite3_vfs* vfs, int size, char* out) {
    return real(vfs)->xGetLastError(real(vfs), size, out);
  }
  static int time(sqlite3_vfs* vfs, sqlite3_int64* now) { return real(vfs)->xCurrentTimeInt64(real(vfs), now); }
};

namespace {

std::string fresh_name() {
  static std::atomic<int> count = 0;
  return "faulty-" + std::to_string(++count);
}

}  // namespace

FaultyVfs::FaultyVfs() : name_(fresh_name()), real_(sqlite3_vfs_find(nullptr)), vfs_(std::make_unique<sqlite3_vfs>()) {
  constexpr int with_exact_time = 2;  // version of sqlite3_vfs
  vfs_->iVersion = with_exact_time;
  vfs_->szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  vfs_->mxPathname = real_->mxPathname;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = Calls::open;
  vfs_->xDelete = Calls::remove;
  vfs_->xAccess = Calls::access;
  vfs_->xFullPathname = Calls::full_path;
  vfs_->xRandomness = Calls::randomness;
  vfs_->xSleep = Calls::sleep;
  vfs_->xGetLastError = Calls::last_error;
  vfs_->xCurrentTimeInt64 = Calls::time;
  base::ensure(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK, "SQLite takes no further VFS");
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(vfs_.get());
}

void FaultyVfs::fail_from(std::uint64_t n, DiskFault fault, std::string on) {
  std::lock_guard const lock{mutex_};
  trouble_ = Trouble{operations_ + n, fault, std::move(on)};
}

void FaultyVfs::heal() {
  std::lock_guard const lock{mutex_};
  trouble_.reset();
}

std::optional<int> FaultyVfs::refusal(std::string const& path, Operation operation) {
  std::uint64_t const number = ++operations_;
  if (delay_us_ > 0) std::this_thread::sleep_for(std::chrono::microseconds{delay_us_});
  std::lock_guard const lock{mutex_};
  if (!trouble_ || number < trouble_->from) return std::nullopt;
  if (std::filesystem::path{path}.filename().string().find(trouble_->on) == std::string::npos) return std::nullopt;
  std::optional<int> code;
  switch (trouble_->fault) {
    case DiskFault::full:
      if (operation == Operation::write) code = SQLITE_FULL;
      break;
    case DiskFault::write_error:
      if (operation == Operation::write) code = SQLITE_IOERR_WRITE;
      if (operation == Operation::truncate) code = SQLITE_IOERR_TRUNCATE;
      break;
    case DiskFault::sync_error:
      if (operation == Operation::sync) code = SQLITE_IOERR_FSYNC;
      break;
  }
  if (code) ++refusals_;
  return code;
}

void FaultyVfs::write_synced_image(std::filesystem::path const& directory) {
  std::filesystem::create_directories(directory);
  std::lock_guard const lock{mutex_};
  for (auto const& [path, content] : synced_) {
    std::ofstream out{directory / path.filename(), std::ios::binary};
    out.write(base::as_text(content).data(), static_cast<std::streamsize>(content.size()));
    base::ensure(out.good(), "the image of the disk cannot be written");
  }
}

}  // namespace abode::test
