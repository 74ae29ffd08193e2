#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory for so many values, all bits zero; nil when there is none. Pages that are not touched cost nothing.
///
/// Swift's own allocation would end the program where the system refuses, and touch every page to make it zero.
func zeroed<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> UnsafeMutablePointer<Value>? {
  calloc(count, MemoryLayout<Value>.stride)?.bindMemory(to: type, capacity: count)
}

/// The same memory made larger, or nil, and then it is as it was. The kernel moves pages instead of copying them.
func enlarged<Value: BitwiseCopyable>(
  _ pointer: UnsafeMutablePointer<Value>?, to count: Int
) -> UnsafeMutablePointer<Value>? {
  realloc(pointer, count * MemoryLayout<Value>.stride)?.bindMemory(to: Value.self, capacity: count)
}

/// Gives memory of `zeroed` or `enlarged` back.
func release<Value: BitwiseCopyable>(_ pointer: UnsafeMutablePointer<Value>?) { free(pointer) }
