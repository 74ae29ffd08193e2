/// How many words a marking has, as a type: the compiler makes code of its own for each, in which a loop over one to four
/// words is no loop. A constant that is passed along instead is not kept apart by all compilers.
protocol WordCount {
  var count: Int { get }
}

struct OneWord: WordCount {
  var count: Int { 1 }
}

struct TwoWords: WordCount {
  var count: Int { 2 }
}

struct ThreeWords: WordCount {
  var count: Int { 3 }
}

struct FourWords: WordCount {
  var count: Int { 4 }
}

struct ManyWords: WordCount {
  let count: Int
}
