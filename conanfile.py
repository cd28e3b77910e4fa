# SPDX-License-Identifier: BSL-1.0
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain, CMakeDeps, cmake_layout
from conan.tools.files import copy, load
from conan.tools.gnu import PkgConfigDeps

required_conan_version = ">=2.0.9"


class AsioFsExtendedRecipe(ConanFile):
    name = "asio-fs-extended"
    description = "Asynchronous file-system operations for Boost.Asio on io_uring"
    license = "BSL-1.0"
    topics = ("asio", "boost", "io-uring", "filesystem", "coroutines", "linux")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "header_only": [True, False],
        "shared": [True, False],
        "fPIC": [True, False],
        "use_io_uring": [True, False],
    }
    default_options = {
        "header_only": True,
        "shared": False,
        "fPIC": True,
        "use_io_uring": True,
    }
    implements = ["auto_shared_fpic", "auto_header_only"]
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "lib/*"

    def set_version(self):
        # The version stands in the project() command only.
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\([^)]*?VERSION\s+([0-9.]+)", text, re.S).group(1)

    def configure(self):
        if self.options.header_only:
            self.package_type = "header-library"
            self.options.rm_safe("shared")
            self.options.rm_safe("fPIC")
        elif self.options.get_safe("shared"):
            self.options.rm_safe("fPIC")

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        # Both are in the public headers, and a program that uses those links what they need.
        self.requires("boost/[>=1.81 <2]", transitive_headers=True, transitive_libs=True)
        self.requires("liburing/[>=2.3 <3]", transitive_headers=True, transitive_libs=True)

    def validate(self):
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("asio-fs-extended is built on Linux system calls")
        check_min_cppstd(self, 20)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["ASIO_FS_BUILD_TESTS"] = False
        toolchain.cache_variables["ASIO_FS_BUILD_EXAMPLES"] = False
        toolchain.cache_variables["ASIO_FS_BUILD_PERF"] = False
        toolchain.cache_variables["ASIO_FS_WERROR"] = False
        toolchain.cache_variables["ASIO_FS_SEPARATE_COMPILATION"] = not bool(self.options.header_only)
        toolchain.cache_variables["ASIO_FS_USE_IO_URING"] = bool(self.options.use_io_uring)
        # CMAKE_CXX_COMPILER_LAUNCHER and the presets of the checkout are not wanted in a package build.
        toolchain.user_presets_path = False
        toolchain.generate()
        CMakeDeps(self).generate()
        PkgConfigDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        # The installed config package serves everybody: plain CMake, Conan, and packages of the distribution
        # (`platform_requires`), for which generated files would name no library to link.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "asio-fs-extended")]
        # The rest is for consumers that do not use CMake.
        self.cpp_info.set_property("cmake_file_name", "asio-fs-extended")
        self.cpp_info.set_property("cmake_target_name", "asio-fs-extended::asio-fs-extended")
        self.cpp_info.set_property("pkg_config_name", "asio-fs-extended")
        self.cpp_info.requires = ["boost::headers", "liburing::liburing"]
        self.cpp_info.system_libs = ["pthread"]
        if self.options.use_io_uring:
            self.cpp_info.defines.append("BOOST_ASIO_HAS_IO_URING")
        if self.options.header_only:
            self.cpp_info.bindirs = []
            self.cpp_info.libdirs = []
        else:
            self.cpp_info.libs = ["asio-fs-extended"]
            self.cpp_info.defines.append("ASIO_FS_SEPARATE_COMPILATION")
